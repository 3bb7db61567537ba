#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""Every rule of check_sources.py finds a violation planted in a tree of two files, and only that
rule; and the tree without it is clean.

usage: test_check_sources.py [COMPILER [ARGUMENT ...]]
"""
import sys
import tempfile
from pathlib import Path

import check_sources

FIRST = "/* coopsim - GPL-3.0-or-later */\n"
HEADER = FIRST + "#ifndef A_H\n#define A_H\n#include <stdint.h>\nuint32_t a(int x);\n#endif\n"
CLEAN = FIRST + """#include "sim/base/a.h"
static const char *const text = "exp(x), malloc(n), H5Fopen(f), /* no comment";
/* exp(x), malloc(n), printf("x"), #pragma omp parallel */
uint32_t a(int x)
{
    snprintf(0, 0, "%s", text);
    return coop_purpose("a.draw") + (uint32_t)coop_exp(x) + run->open(x) + floor(x) + sqrt(x);
}
"""
LONG_FUNCTION = FIRST + "int f(void)\n{\n" + "    g();\n" * 79 + "}\n"

# rule: (file, text), a file in place of or beside the clean ones
PLANTED = {
    "top_level_is_fixed": [("notes.txt", "")],
    "files_begin_with_the_licence": [("models/m/b.c", "const int b;\n")],
    "headers_compile_alone": [("sim/base/b.h", FIRST + "uint32_t b(int x);\n")],
    "model_path_calls_no_libm": [("models/m/b.c", FIRST + "    b = f(expf (x));\n"),
                                 ("sim/base/b.c", FIRST + "double f(void)\n{\n    log(2);\n}\n")],
    "model_path_does_no_input_or_output": [("sim/state/b.c", FIRST + "\tif (x)\n\t\tputs(y);\n")],
    "mechanisms_do_not_allocate": [("models/m/b.c", FIRST + "    char *p = malloc(8);\n")],
    "mechanisms_have_no_globals": [("models/m/b.c", FIRST + "static float table[3];\n"),
                                   ("models/m/b.c", FIRST + "int count = 0;\n")],
    "openmp_is_in_one_place": [("sim/engine/week.c", FIRST + "    #pragma omp parallel\n"),
                               ("sim/base/b.c", FIRST + "    omp_get_num_threads();\n")],
    "hdf5_is_in_one_place": [("sim/cli/b.c", FIRST + "    H5Fclose(f);\n"),
                             ("analysis/b.c", FIRST + "#include <hdf5.h>\n")],
    "gmp_is_in_one_place": [("sim/base/b.c", FIRST + "#include <gmp.h>\n")],
    "modules_depend_one_way": [("sim/base/b.c", FIRST + '#include "sim/state/batch.h"\n')],
    "engine_names_no_model": [("sim/cli/b.c", FIRST + '#include "models/seo/seo.h"\n')],
    "purposes_do_not_collide": [("models/m/b.c", FIRST + '    p = coop_purpose("a.draw");\n'),
                                ("models/m/b.c", FIRST + "    p = coop_purpose(name);\n"),
                                ("models/m/b.c", FIRST + '    p = coop_purpose("Draw");\n'),
                                ("models/m/b.c", FIRST + '    p = coop_purpose("costarring.draw");\n'
                                                         '    q = coop_purpose("liquid.draw");\n')],
    "files_are_short": [("sim/io/b.c", FIRST + "\n" * 400)],
    "functions_are_short": [("tests/b.c", LONG_FUNCTION)],
    "nothing_is_left_to_do": [("tests/b.c", FIRST + "/* TO" + "DO: more */\n")],
    "no_path_of_a_machine": [("configs/b.yaml", "out: /ho" + "me/anna/x.h5\n")],
}


def broken_rules(files, compiler):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        tree = check_sources.Tree(root, compiler)
        return [rule.__name__ for rule in check_sources.RULES if list(rule(tree))]


def main():
    compiler = sys.argv[1:] or ["gcc"]
    clean = {"sim/base/a.h": HEADER, "models/m/a.c": CLEAN}
    cases = [("nothing", None, None)]
    cases += [(rule.__name__, *plant) for rule in check_sources.RULES
              for plant in PLANTED[rule.__name__]]
    print(f"1..{len(cases)}")
    failed = False
    for number, (rule, name, text) in enumerate(cases, 1):
        broken = broken_rules({**clean, name: text} if name else clean, compiler)
        good = broken == ([rule] if name else [])
        failed = failed or not good
        if not good:
            print(f"# found {broken}")
        print(f"{'ok' if good else 'not ok'} {number} - {rule} by {name}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
