/* SPDX-License-Identifier: Apache-2.0 */
/* Start tags of XML. */
#include "ingest/xml/xml_tag.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>
#include <string.h>

#include "ingest/xml/xml_memory.h"

#define OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)

/* The element of the tag alone. */
static xmlDocPtr read_tag(struct text tag, bool *memory)
{
	struct buf alone = { 0 };
	xmlDocPtr document = NULL;

	if (tag.len > 0)
		tag.len--;
	if (tag.len > 0 && tag.data[tag.len - 1] == '/')
		tag.len--;
	buf_add(&alone, tag.data, tag.len);
	buf_text(&alone, "/>");
	*memory = !alone.failed;
	if (*memory && alone.len < INT_MAX)
		document = xmlReadMemory(alone.data, (int)alone.len, NULL, "UTF-8", OPTIONS);
	buf_release(&alone);
	return document;
}

bool xml_tag_attribute(struct text tag, const char *name, struct buf *value, bool *found)
{
	struct xml_memory watched;
	bool memory;
	xmlDocPtr document;
	xmlNodePtr root;
	xmlChar *text;

	xml_memory_begin(&watched);
	document = read_tag(tag, &memory);
	root = document ? xmlDocGetRootElement(document) : NULL;
	text = root ? xmlGetNoNsProp(root, (const xmlChar *)name) : NULL;
	memory = xml_memory_end(&watched) && memory;
	*found = text != NULL;
	if (text)
		buf_text(value, (const char *)text);
	xmlFree(text);
	xmlFreeDoc(document);
	return memory && !value->failed;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Behind the first FROM that stands by itself. */
static struct text behind_from(struct text s)
{
	for (size_t i = 1; i + 5 < s.len; i++)
		if (is_blank(s.data[i - 1]) && is_blank(s.data[i + 4]) &&
		    text_is_fold((struct text){ s.data + i, 4 }, "from"))
			return text_trim((struct text){ s.data + i + 5, s.len - i - 5 });
	return (struct text){ "", 0 };
}

static struct text unquoted(struct text name)
{
	if (name.len > 1 && name.data[0] == '`' && name.data[name.len - 1] == '`')
		return (struct text){ name.data + 1, name.len - 2 };
	return name;
}

/* The last part of a name. */
struct text xml_statement_table(struct text statement)
{
	const struct text rest = behind_from(statement);
	struct text name = { rest.data, 0 };
	bool quoted = false;

	while (name.len < rest.len && (quoted || (!is_blank(rest.data[name.len]) && !strchr(",;()", rest.data[name.len])))) {
		quoted ^= rest.data[name.len] == '`';
		name.len++;
	}
	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] == '.')
			return unquoted((struct text){ name.data + i + 1, name.len - i - 1 });
	return unquoted(name);
}
