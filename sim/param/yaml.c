/* coopsim - GPL-3.0-or-later
 *
 * The YAML reader: the events of libyaml become a tree. Events, not libyaml's own document, since
 * they stop at the first level that is too deep (libyaml is quadratic in the depth). */
#include "sim/param/yaml.h"

#include "sim/param/grow.h"
#include "sim/param/text.h"

#include <yaml.h>

struct reader {
    yaml_parser_t parser;
    const char *file;
    const char *text;
    size_t length;
    struct coop_problems *problems;
};

static struct coop_place place_of(const struct reader *reader, yaml_mark_t mark)
{
    return (struct coop_place){reader->file, mark.line + 1, mark.column + 1};
}

/* Columns count characters, as libyaml's do: the bytes 10xxxxxx go on with a character. */
static struct coop_place place_at(const struct reader *reader, size_t offset)
{
    struct coop_place place = {reader->file, 1, 1};
    for (size_t i = 0; i < offset && i < reader->length; i++) {
        if (reader->text[i] == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)reader->text[i] & 0xc0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

static enum coop_status stop(void)
{
    return COOP_FAIL(COOP_USAGE, "the configuration cannot be read to its end");
}

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the configuration");
}

/* libyaml puts the end of a last line without line end on a line that no file has. */
static struct coop_place place_of_syntax(const struct reader *reader)
{
    const struct coop_place place = place_of(reader, reader->parser.problem_mark);
    const struct coop_place end = place_at(reader, reader->length);
    return place.line > end.line ? end : place;
}

/* libyaml says what it met; beginners meet two of its sentences. */
static const char *remedy(const char *problem)
{
    if (strstr(problem, "mapping values are not allowed"))
        return " - put text that holds ': ' in quotes, and check the indentation";
    if (strstr(problem, "cannot start any token"))
        return " - indent with spaces, not tabs, and put text with special characters in quotes";
    return "";
}

static enum coop_status fail_syntax(const struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    const char *problem = parser->problem ? parser->problem : "unreadable";
    if (parser->error == YAML_MEMORY_ERROR)
        return no_memory();
    if (parser->error == YAML_READER_ERROR)
        coop_problems_add(reader->problems, place_at(reader, parser->problem_offset),
                          "invalid YAML: %s", problem);
    else if (parser->context && parser->context_mark.line != parser->problem_mark.line)
        coop_problems_add(reader->problems, place_of_syntax(reader),
                          "invalid YAML: %s, %s that begins at line %zu%s", problem,
                          parser->context, parser->context_mark.line + 1, remedy(problem));
    else
        coop_problems_add(reader->problems, place_of_syntax(reader), "invalid YAML: %s%s", problem,
                          remedy(problem));
    return stop();
}

static enum coop_status next_event(struct reader *reader, yaml_event_t *event)
{
    return yaml_parser_parse(&reader->parser, event) ? COOP_OK : fail_syntax(reader);
}

/* libyaml spells out "!!int", which nobody writes in full. */
static const char *short_tag(const char *tag)
{
    static const char standard[] = "tag:yaml.org,2002:";
    const size_t length = sizeof standard - 1;
    return strncmp(tag, standard, length) == 0 ? tag + length : tag;
}

/* Anchors and tags are reported; the node itself is read on. */
static void refuse_properties(const struct reader *reader, const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (anchor)
        coop_problems_add(reader->problems, place_of(reader, event->start_mark),
                          "anchor '&%s': anchors are not allowed - write the value out",
                          coop_show((const char *)anchor).text);
    if (tag)
        coop_problems_add(reader->problems, place_of(reader, event->start_mark),
                          "tag '%s': tags are not allowed - write the value alone",
                          coop_show(short_tag((const char *)tag)).text);
}

/* Escapes as in "\0" bring in what the bytes of the file did not hold. */
static enum coop_status read_word(struct reader *reader, const yaml_event_t *event,
                                  struct coop_yaml *node)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t offset;
    const char *fault = coop_text_fault(text, event->data.scalar.length, &offset);
    if (fault) {
        coop_problems_add(reader->problems, node->place, "%s in a text", fault);
        return COOP_OK;
    }
    node->text = strdup(text);
    if (!node->text)
        return no_memory();
    node->kind = COOP_YAML_WORD;
    return COOP_OK;
}

static enum coop_status read_node(struct reader *reader, yaml_event_t *event, size_t depth,
                                  struct coop_yaml *node);

static enum coop_status check_limits(const struct reader *reader, const struct coop_yaml *node,
                                     size_t depth)
{
    const size_t most = COOP_YAML_ITEMS_MAX * (node->kind == COOP_YAML_MAPPING ? 2 : 1);
    if (depth > COOP_YAML_DEPTH_MAX)
        coop_problems_add(reader->problems, node->place, "nested deeper than %d levels",
                          COOP_YAML_DEPTH_MAX);
    else if (node->count > most)
        coop_problems_add(reader->problems, node->place, "more than %d items", COOP_YAML_ITEMS_MAX);
    else
        return COOP_OK;
    return stop();
}

static void refuse_key(const struct reader *reader, struct coop_yaml *key)
{
    if (key->kind == COOP_YAML_NONE || (key->kind == COOP_YAML_WORD && *key->text))
        return;
    coop_problems_add(reader->problems, key->place, "a key must be a word");
    key->kind = COOP_YAML_NONE;
}

/* The children of a list or a mapping, up to its end. */
static enum coop_status read_children(struct reader *reader, size_t depth, struct coop_yaml *node)
{
    for (;;) {
        yaml_event_t event;
        COOP_TRY(next_event(reader, &event));
        if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            return COOP_OK;
        }
        if (!coop_grow(&node->child, node->count, sizeof *node->child)) {
            yaml_event_delete(&event);
            return no_memory();
        }
        struct coop_yaml *child = &node->child[node->count++];
        *child = (struct coop_yaml){0};
        COOP_TRY(read_node(reader, &event, depth, child));
        if (node->kind == COOP_YAML_MAPPING && node->count % 2 == 1)
            refuse_key(reader, child);
        COOP_TRY(check_limits(reader, node, depth));
    }
}

/* Takes the event over. */
static enum coop_status read_node(struct reader *reader, yaml_event_t *event, size_t depth,
                                  struct coop_yaml *node)
{
    enum coop_status status = COOP_OK;
    node->place = place_of(reader, event->start_mark);
    refuse_properties(reader, event);
    if (event->type == YAML_ALIAS_EVENT)
        coop_problems_add(reader->problems, node->place,
                          "alias '*%s': aliases are not allowed - write the value out",
                          coop_show((const char *)event->data.alias.anchor).text);
    else if (event->type == YAML_SCALAR_EVENT)
        status = read_word(reader, event, node);
    else
        node->kind = event->type == YAML_MAPPING_START_EVENT ? COOP_YAML_MAPPING : COOP_YAML_LIST;
    yaml_event_delete(event);
    if (node->kind != COOP_YAML_LIST && node->kind != COOP_YAML_MAPPING)
        return status;
    COOP_TRY(check_limits(reader, node, depth + 1));
    return read_children(reader, depth + 1, node);
}

/* The events around the only document. */
static enum coop_status read_stream(struct reader *reader, struct coop_yaml *ret)
{
    for (size_t documents = 0;;) {
        yaml_event_t event;
        COOP_TRY(next_event(reader, &event));
        const yaml_event_type_t type = event.type;
        const struct coop_place place = place_of(reader, event.start_mark);
        if (type != YAML_STREAM_START_EVENT && type != YAML_STREAM_END_EVENT &&
            type != YAML_DOCUMENT_START_EVENT && type != YAML_DOCUMENT_END_EVENT) {
            COOP_TRY(read_node(reader, &event, 0, ret));
            continue;
        }
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT)
            return COOP_OK;
        if (type == YAML_DOCUMENT_START_EVENT && documents++ > 0) {
            coop_problems_add(reader->problems, place,
                              "a second YAML document - a configuration is one document, remove "
                              "the line '---' or what follows it");
            return stop();
        }
    }
}

/* Before libyaml sees it, whose own messages on such bytes have no place. */
static enum coop_status check_bytes(struct reader *reader)
{
    size_t offset;
    const char *fault = coop_text_fault(reader->text, reader->length, &offset);
    if (reader->length > COOP_YAML_BYTES_MAX)
        coop_problems_add(reader->problems, (struct coop_place){reader->file, 0, 0},
                          "larger than %d KiB, the most a configuration may have",
                          COOP_YAML_BYTES_MAX / 1024);
    else if (fault)
        coop_problems_add(reader->problems, place_at(reader, offset), "%s", fault);
    else
        return COOP_OK;
    return stop();
}

enum coop_status coop_yaml_parse(struct coop_yaml *ret, const char *file, const char *text,
                                 size_t length, struct coop_problems *problems)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    *ret = (struct coop_yaml){.place = {file, 0, 0}};
    if (length >= 3 && memcmp(text, byte_order_mark, 3) == 0) {
        text += 3;
        length -= 3;
    }
    struct reader reader = {.file = file, .text = text, .length = length, .problems = problems};
    COOP_TRY(check_bytes(&reader));
    if (!yaml_parser_initialize(&reader.parser))
        return no_memory();
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text, length);
    const enum coop_status status = read_stream(&reader, ret);
    yaml_parser_delete(&reader.parser);
    return status;
}

const struct coop_yaml *coop_yaml_find(const struct coop_yaml *mapping, const char *name)
{
    for (size_t i = 0; i + 1 < mapping->count; i += 2)
        if (mapping->child[i].kind == COOP_YAML_WORD && strcmp(mapping->child[i].text, name) == 0)
            return &mapping->child[i + 1];
    return NULL;
}

void coop_yaml_free(struct coop_yaml *node)
{
    for (size_t i = 0; i < node->count; i++)
        coop_yaml_free(&node->child[i]);
    free(node->child);
    free(node->text);
    *node = (struct coop_yaml){0};
}
