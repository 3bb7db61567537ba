#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""What the sources promise and a compiler does not check, one TAP test for each rule.

usage: check_sources.py ROOT [COMPILER [ARGUMENT ...]]

Each rule is a function that yields its violations as "file:line: sentence".
"""
import re
import subprocess
import sys
from pathlib import Path

TOP_LEVEL = {"sim", "models", "configs", "analysis", "tests", "meson.build", "README.md",
             "LICENSE", "CITATION.cff"}
CODE = ("sim", "models", "analysis", "tests")
MODEL_PATH = ("models", "sim/base", "sim/state")

# Their results differ between processors or libraries; sqrt, floor, fabs and their like are exact.
INEXACT = ("acos acosh asin asinh atan atan2 atanh cbrt cos cosh erf erfc exp exp10 exp2 expm1 fdim "
           "fma fmax fmin fmod hypot lgamma log log10 log1p log2 pow remainder sin sincos sinh tan "
           "tanh tgamma").split()
INPUT_OUTPUT = ("printf fprintf vprintf vfprintf dprintf puts fputs putchar fputc putc perror "
                "scanf fscanf fopen fdopen freopen fclose fread fwrite fgets fgetc getc getline "
                "open read write exit abort getenv time clock rand srand random").split()
ALLOCATION = "malloc calloc realloc free aligned_alloc posix_memalign alloca strdup".split()


class Source:
    """A C file: its text; the text without comments; and that with empty strings. All three have
    the same lines."""

    def __init__(self, root, path):
        self.name = path.relative_to(root).as_posix()
        self.text = path.read_text(encoding="utf-8")
        token = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\''
        self.code = re.sub(token, self._without_comment, self.text, flags=re.S)
        self.bare = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', self.code)

    @staticmethod
    def _without_comment(match):
        token = match.group()
        return re.sub(r"[^\n]+", " ", token) if token.startswith("/") else token

    def within(self, *folders):
        return any(self.name.startswith(folder + "/") for folder in folders)

    def find(self, pattern, text=None):
        """Yields (place, match) of a pattern, by default in the code without comments."""
        text = self.code if text is None else text
        for match in re.finditer(pattern, text, flags=re.M):
            yield f"{self.name}:{text.count(chr(10), 0, match.start()) + 1}", match


def calls(names, suffix=""):
    return r"(?<![\w.>])(" + "|".join(names) + ")" + suffix + r"\s*\("


def tracked_files(root):
    """Files under version control; in an unpacked archive all but build directories and results."""
    git = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True,
                         check=False)
    if git.returncode == 0 and git.stdout:
        names = git.stdout.decode().split("\0")[:-1]
        return [root / name for name in names if (root / name).is_file()]
    return [path for path in root.rglob("*") if path.is_file() and path.suffix != ".h5"
            and not path.relative_to(root).parts[0].startswith(("build", "."))]


class Tree:
    def __init__(self, root, compiler):
        self.root, self.compiler = root, compiler
        self.files = tracked_files(root)
        self.sources = [Source(root, path) for path in self.files
                        if path.suffix in (".c", ".h") and path.relative_to(root).parts[0] in CODE]

    def within(self, *folders):
        return (source for source in self.sources if source.within(*folders))


def top_level_is_fixed(tree):
    for name in sorted({path.relative_to(tree.root).parts[0] for path in tree.files}):
        if name not in TOP_LEVEL and not name.startswith("."):
            yield f"{name}: does not belong in the top level"


def files_begin_with_the_licence(tree):
    for source in tree.sources:
        if not source.text.startswith("/* coopsim - GPL-3.0-or-later"):
            yield f"{source.name}:1: first line is not '/* coopsim - GPL-3.0-or-later'"


def library_flags():
    """Include paths of HDF5, which are not a compiler's default."""
    for name in ("hdf5-serial", "hdf5"):
        config = subprocess.run(["pkg-config", "--cflags", name], capture_output=True, text=True,
                                check=False)
        if config.returncode == 0:
            return config.stdout.split()
    return []


def headers_compile_alone(tree):
    command = tree.compiler + library_flags() + [
        "-std=gnu11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
        "-I", str(tree.root), "-x", "c", "-"]
    for source in tree.sources:
        if source.name.endswith(".h"):
            text = f'#include "{source.name}"\n#include "{source.name}"\n'
            run = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
            if run.returncode != 0:
                yield f"{source.name}: does not compile alone\n{run.stderr.strip()}"


def model_path_calls_no_libm(tree):
    for source in tree.within(*MODEL_PATH, "sim/engine"):
        for place, match in source.find(calls(INEXACT, "[fl]?"), source.bare):
            yield f"{place}: {match.group(1)} differs between processors, take sim/base/fmath.h"


def model_path_does_no_input_or_output(tree):
    for source in tree.within(*MODEL_PATH):
        for place, match in source.find(calls(INPUT_OUTPUT), source.bare):
            yield f"{place}: {match.group(1)} in a pure part of the library"


def mechanisms_do_not_allocate(tree):
    for source in tree.within("models"):
        for place, match in source.find(calls(ALLOCATION), source.bare):
            yield f"{place}: {match.group(1)} in a model"


def mechanisms_have_no_globals(tree):
    variable = r"^(?!typedef|extern)(?:static )?(?!.*\bconst\b)[a-z][\w *]*\b\w+(?:\[[^\]]*\])*(?: =|;)"
    for source in tree.within("models"):
        for place, match in source.find(variable, source.bare):
            yield f"{place}: global variable '{match.group()}'"


def openmp_is_in_one_place(tree):
    for source in tree.within("sim", "models", "analysis"):
        if source.name not in ("sim/engine/run.c", "sim/engine/sweep.c"):
            for place, _ in source.find(r'^\s*#\s*pragma\s+omp\b|_Pragma\("omp'):
                yield f"{place}: OpenMP pragma outside sim/engine/run.c and sweep.c"
    for source in tree.within(*MODEL_PATH, "sim/param", "sim/io"):
        for place, _ in source.find(r"\bomp_\w+\s*\(|<omp\.h>", source.bare):
            yield f"{place}: OpenMP call"


def hdf5_is_in_one_place(tree):
    for source in tree.sources:
        if not source.within("sim/io", "tests"):
            for place, _ in source.find(r"\bH5[A-Z]{1,2}\w+\s*\(|<hdf5(?:_hl)?\.h>",
                                        source.bare):
                yield f"{place}: HDF5 outside sim/io"


def gmp_is_in_one_place(tree):
    for source in tree.within("sim", "models", "analysis"):
        if not source.within("sim/power"):
            for place, _ in source.find(r"<gmp\.h>", source.bare):
                yield f"{place}: GMP outside sim/power"


def modules_depend_one_way(tree):
    order = ["sim/base", "sim/param", "sim/state", "sim/engine"]
    for source in tree.within(*order):
        rank = next(i for i, folder in enumerate(order) if source.within(folder))
        for place, match in source.find(r'^#include "((?:sim|models|analysis)/[^"]*)"'):
            if not match.group(1).startswith(tuple(folder + "/" for folder in order[:rank + 1])):
                yield f"{place}: {order[rank]} must not include {match.group(1)}"


def engine_names_no_model(tree):
    for source in tree.within("sim"):
        for place, match in source.find(r'^#include "(models/[^"]*)"'):
            yield f"{place}: sim/ includes {match.group(1)}"


def fnv1a(text):
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def purposes_of(tree):
    """Yields (place, file, text) of every purpose; text is None if it is not a literal."""
    for source in tree.within("models", "sim"):
        if source.name == "sim/base/rng.h":
            continue
        for place, match in source.find(r'\b(?:coop_purpose|COOP_PURPOSE)\s*\(\s*([^)]*?)\s*\)'):
            literal = re.fullmatch(r'(?:"[^"]*"\s*)+', match.group(1))
            text = "".join(re.findall(r'"([^"]*)"', match.group(1))) if literal else None
            yield place, source.name, text


def purposes_do_not_collide(tree):
    seen = {}
    for place, name, text in purposes_of(tree):
        if text is None:
            yield f"{place}: a purpose must be a literal, so that it can be checked"
        elif not re.fullmatch(r"[a-z0-9_]+\.[a-z0-9_]+", text):
            yield f"{place}: purpose '{text}' is not of the form 'mechanism.draw'"
        else:
            other_text, other_name, other = seen.setdefault(fnv1a(text), (text, name, place))
            if other_text != text:
                yield f"{place}: purposes '{text}' and '{other_text}' ({other}) have equal hashes"
            elif other_name != name:
                yield f"{place}: purpose '{text}' is drawn in {other} too"


def files_are_short(tree):
    for source in tree.within("sim", "models", "analysis"):
        lines = source.text.count("\n")
        if lines > 400:
            yield f"{source.name}: {lines} lines, more than 400"


def functions_are_short(tree):
    for source in tree.sources:
        for place, match in source.find(r"^\{\n(?:.*\n)*?\}", source.bare):
            lines = match.group().count("\n") + 1
            if lines > 80:
                yield f"{place}: function of {lines} lines, more than 80"


def nothing_is_left_to_do(tree):
    word = r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK")) + r")\b"
    for source in tree.sources:
        for place, match in source.find(word, source.text):
            yield f"{place}: {match.group()}"


def no_path_of_a_machine(tree):
    for path in tree.files:
        name = path.relative_to(tree.root).as_posix()
        if name != "LICENSE" and path.stat().st_size < 1 << 20:
            text = path.read_bytes().decode("utf-8", "replace")
            for match in re.finditer(r"(?<![\w.])/(?:home|root|work|Users)/\w", text):
                yield f"{name}:{text.count(chr(10), 0, match.start()) + 1}: path of one machine"


RULES = [top_level_is_fixed, files_begin_with_the_licence, headers_compile_alone,
         model_path_calls_no_libm, model_path_does_no_input_or_output, mechanisms_do_not_allocate,
         mechanisms_have_no_globals, openmp_is_in_one_place, hdf5_is_in_one_place, gmp_is_in_one_place,
         modules_depend_one_way, engine_names_no_model, purposes_do_not_collide, files_are_short,
         functions_are_short, nothing_is_left_to_do, no_path_of_a_machine]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    tree = Tree(Path(sys.argv[1]).resolve(), sys.argv[2:] or ["gcc"])
    failed = False
    print(f"1..{len(RULES)}")
    for number, rule in enumerate(RULES, 1):
        violations = list(rule(tree))
        for violation in violations:
            print("# " + violation.replace("\n", "\n# "))
        print(f"{'not ok' if violations else 'ok'} {number} - {rule.__name__}", flush=True)
        failed = failed or bool(violations)
    sys.exit(failed)


if __name__ == "__main__":
    main()
