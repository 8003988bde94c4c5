/* SPDX-License-Identifier: Apache-2.0 */
/* A row of XML, flattened. */
#include "ingest/xml/xml_row.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "casefile/form/form.h"
#include "ingest/format/record.h"
#include "ingest/xml/xml_memory.h"

/* No network, no document type, no entities; without XML_PARSE_HUGE libxml2 has bounds of its
 * own for depth and sizes. */
#define OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT)

#define DEPTH_MOST 300
#define CONTEXT_MOST (2 * XML_RECORD_MOST)

#define WRONG_ENTITY "not read: an entity, and none is ever expanded"
#define WRONG_DEPTH "nested deeper than 256"
#define WRONG_BYTES "not XML: bytes that are no characters"
#define WRONG_TAGS "not XML: tags or attributes are not as they have to be"

bool xml_row_open(struct xml_row *row, const struct json_columns *columns)
{
	row->columns = columns;
	row->context = xmlNewParserCtxt();
	return row->context != NULL;
}

void xml_row_close(struct xml_row *row)
{
	xmlParserCtxtPtr context = row->context;

	if (context)
		xmlFreeParserCtxt(context);
	free(row->fields);
	free(row->seen);
	free(row->strings);
	buf_release(&row->room);
	buf_release(&row->name);
	buf_release(&row->text);
	buf_release(&row->kept);
	buf_release(&row->late_name);
	memset(row, 0, sizeof(*row));
}

static bool room_for(struct xml_row *row)
{
	const size_t before = row->seen_capacity;
	void *seen = row->seen, *fields = row->fields;

	if (!memory_room(&seen, &row->seen_capacity, row->columns->node_count, sizeof(*row->seen)))
		return false;
	row->seen = seen;
	memset(row->seen + before, 0, (row->seen_capacity - before) * sizeof(*row->seen));
	if (!memory_room(&fields, &row->field_capacity, row->columns->count + 1, sizeof(*row->fields)))
		return false;
	row->fields = fields;
	return true;
}

/* ---- room ---- */

/* Room for all values of a row, and what may be read behind them. */
static bool room_for_strings(struct xml_row *row, size_t len)
{
	char *strings;

	row->string_len = 0;
	if (len <= row->string_capacity)
		return true;
	strings = calloc(len, 1);
	if (!strings)
		return false;
	free(row->strings);
	row->strings = strings;
	row->string_capacity = len;
	return true;
}

static void note_late(struct xml_row *row, uint32_t parent, struct text name)
{
	const struct text path = dictionary_text(&row->columns->paths, parent);

	if (row->late)
		return;
	row->late = true;
	buf_clear(&row->late_name);
	buf_add(&row->late_name, path.data, path.len);
	if (parent != 0)
		buf_byte(&row->late_name, '.');
	buf_add(&row->late_name, name.data, name.len);
}

/* ---- what it has ---- */

static void sign(const struct xml_row *row, char what)
{
	if (row->signature)
		buf_byte(row->signature, what);
}

static void sign_node(const struct xml_row *row, uint32_t node)
{
	sign(row, 'N');
	if (row->signature)
		buf_add(row->signature, &node, sizeof(node));
}

static void sign_name(const struct xml_row *row, char what, struct text name)
{
	sign(row, what);
	if (!row->signature)
		return;
	buf_add(row->signature, &name.len, sizeof(name.len));
	buf_add(row->signature, name.data, name.len);
}

/* ---- values ---- */

static bool store(struct xml_row *row, uint32_t node, struct text value)
{
	const struct json_node *known = &row->columns->nodes[node];
	char *out = row->strings + row->string_len;

	if (row->learn && (!json_columns_leaf(row->learn, node) || !room_for(row)))
		return false;
	known = &row->columns->nodes[node];
	if (known->column < 0) {
		const uint32_t parent = known->parent;

		if (!row->learn && value.len > 0)
			note_late(row, parent, known->key.data ? known->key : text_of("?"));
		return true;
	}
	if (value.len + RECORD_READ > row->string_capacity - row->string_len)
		value.len = 0;
	if (value.len > 0)
		memcpy(out, value.data, value.len);
	row->string_len += value.len;
	row->fields[known->column] = (struct text){ out, value.len };
	row->odd = row->odd || value.len > RECORD_VALUE_MOST;
	return true;
}

/* ---- names ---- */

/* The node of a name inside another, or of its next repetition; JSON_NONE: it has none. False: no
 * memory. */
static bool find(struct xml_row *row, uint32_t parent, struct text name, uint32_t *node)
{
	struct text key = name;

	*node = JSON_NONE;
	for (unsigned n = 1; n <= XML_REPEATS; n++) {
		if (n > 1) {
			buf_clear(&row->name);
			buf_add(&row->name, name.data, name.len);
			buf_format(&row->name, ".%u", n);
			key = buf_view(&row->name);
		}
		*node = row->learn ? json_columns_add(row->learn, parent, key, &row->room)
				   : json_columns_child(row->columns, parent, key, &row->room);
		if (row->room.failed || row->name.failed || (row->learn && !room_for(row)))
			return false;
		if (*node == JSON_NONE || row->seen[*node] != row->serial)
			break;
		*node = JSON_NONE;
	}
	if (*node != JSON_NONE) {
		row->seen[*node] = row->serial;
		sign_node(row, *node);
	} else {
		note_late(row, parent, key);
		sign_node(row, parent);
		sign_name(row, 'U', name);
	}
	return !row->late_name.failed;
}

static struct text name_of(const xmlChar *name)
{
	return text_of((const char *)name);
}

/* `@name`, inside its element. */
static bool store_attribute(struct xml_row *row, uint32_t node, const xmlAttr *attribute)
{
	const struct text name = name_of(attribute->name);
	xmlChar *value = xmlNodeListGetString(attribute->doc, attribute->children, 1);
	uint32_t child;
	bool good = value || !attribute->children;

	buf_clear(&row->text);
	buf_byte(&row->text, '@');
	buf_add(&row->text, name.data, name.len);
	good = good && !row->text.failed && find(row, node, buf_view(&row->text), &child);
	if (good && child != JSON_NONE)
		good = store(row, child, value ? name_of(value) : text_of(""));
	xmlFree(value);
	return good;
}

static bool store_attributes(struct xml_row *row, uint32_t node, const xmlNode *element)
{
	for (const xmlAttr *attribute = element->properties; attribute; attribute = attribute->next)
		if (!store_attribute(row, node, attribute))
			return false;
	return true;
}

static bool is_blank(struct text text)
{
	return text_trim(text).len == 0;
}

/* What stands in an element outside of others, into row->text; blanks between those are no value: false. */
static bool take_text(struct xml_row *row, const xmlNode *element)
{
	bool children = false;

	buf_clear(&row->text);
	for (const xmlNode *child = element->children; child; child = child->next) {
		const struct text text = name_of(child->content);

		children = children || child->type == XML_ELEMENT_NODE;
		if (child->type == XML_TEXT_NODE && text.len > 0)
			buf_add(&row->text, text.data, text.len);
	}
	return !(children && is_blank(buf_view(&row->text)));
}

static bool store_text(struct xml_row *row, uint32_t node, const xmlNode *element)
{
	const bool value = take_text(row, element);

	if (value)
		sign(row, 'T');
	return !row->text.failed && (!value || store(row, node, buf_view(&row->text)));
}

/* An element that is in no column, with all that is in it; libxml2 bounds how deep that goes. */
static void sign_element(struct xml_row *row, const xmlNode *element)
{
	for (const xmlAttr *attribute = element->properties; attribute; attribute = attribute->next)
		sign_name(row, '@', name_of(attribute->name));
	if (take_text(row, element))
		sign(row, 'T');
	/* The text is that of another element next. */
	row->signature->failed = row->signature->failed || row->text.failed;
	for (const xmlNode *child = element->children; child; child = child->next) {
		if (child->type != XML_ELEMENT_NODE)
			continue;
		sign_name(row, 'I', name_of(child->name));
		sign_element(row, child);
	}
	sign(row, 'E');
}

/* ---- elements that are called by an attribute ---- */

static const xmlAttr *attribute_of(const xmlNode *element, const char *name)
{
	const xmlAttr *attribute = element->properties;

	while (attribute && !text_is(name_of(attribute->name), name))
		attribute = attribute->next;
	return attribute;
}

/* Of mysqldump, whose prefix is declared outside of the row. */
static bool is_nil(const xmlNode *element)
{
	const xmlAttr *nil = attribute_of(element, "xsi:nil");

	if (!nil)
		nil = attribute_of(element, "nil");
	return nil && nil->children && nil->children->content && text_is(name_of(nil->children->content), "true");
}

static bool store_null(struct xml_row *row, uint32_t node)
{
	return !row->learn || (json_columns_leaf(row->learn, node) && room_for(row));
}

static bool enter_named(struct xml_row *row, const xmlNode *element, uint32_t parent, uint32_t *node)
{
	const xmlAttr *name = attribute_of(element, "name");
	xmlChar *called = name ? xmlNodeListGetString(name->doc, name->children, 1) : NULL;
	bool good = (called || !name || !name->children) &&
		    find(row, parent, called ? name_of(called) : name_of(element->name), node);

	xmlFree(called);
	if (!good || *node == JSON_NONE)
		return good;
	return is_nil(element) ? store_null(row, *node) : store_text(row, *node, element);
}

/* ---- the tree ---- */

/* An element inside the row; *node: that of it. */
static bool enter(struct xml_row *row, const xmlNode *element, uint32_t parent, uint32_t *node)
{
	if (row->named)
		return enter_named(row, element, parent, node);
	if (!find(row, parent, name_of(element->name), node))
		return false;
	if (*node == JSON_NONE) {
		if (row->signature)
			sign_element(row, element);
		return true;
	}
	return store_attributes(row, *node, element) && store_text(row, *node, element);
}

static const xmlNode *element_from(const xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

/* Goes over all elements; libxml2 lets no more than 256 be inside one another. */
static bool walk(struct xml_row *row, const xmlNode *root)
{
	const xmlNode *at = element_from(root->children);
	uint32_t above[DEPTH_MOST] = { 0 }, node = 0;
	size_t depth = 0;

	while (at) {
		const xmlNode *inside;

		if (!enter(row, at, above[depth], &node))
			return false;
		inside = node == JSON_NONE || depth + 1 == DEPTH_MOST ? NULL : element_from(at->children);
		if (inside) {
			above[++depth] = node;
			at = inside;
			continue;
		}
		while (depth > 0 && !element_from(at->next)) {
			at = at->parent;
			depth--;
		}
		at = element_from(at->next);
	}
	return true;
}

static const char *problem(xmlParserCtxtPtr context)
{
	const xmlError *error = xmlCtxtGetLastError(context);

	switch (error ? error->code : XML_ERR_OK) {
	case XML_ERR_UNDECLARED_ENTITY:
	case XML_WAR_UNDECLARED_ENTITY:
	case XML_ERR_ENTITY_LOOP:
		return WRONG_ENTITY;
	case XML_ERR_INVALID_CHAR:
	case XML_ERR_INVALID_ENCODING:
	case XML_I18N_CONV_FAILED:
		return WRONG_BYTES;
	default:
		return error && error->message && strstr(error->message, "depth") ? WRONG_DEPTH : WRONG_TAGS;
	}
}

static bool is_utf8(struct text text)
{
	uint32_t point;
	size_t at = 0;

	while (at < text.len) {
		const size_t len = utf8_next(text.data + at, text.len - at, &point);

		if (len == 0)
			return false;
		at += len;
	}
	return true;
}

static void begin(struct xml_row *row)
{
	row->reason = NULL;
	row->odd = row->late = false;
	row->count = row->columns->count;
	for (size_t i = 0; i < row->count; i++)
		row->fields[i] = form_null();
	if (++row->serial == 0) {
		memset(row->seen, 0, row->seen_capacity * sizeof(*row->seen));
		row->serial = 1;
	}
}

/* libxml2 keeps all names that it meets, up to a bound: now and then it begins anew, so that
 * those of some rows cost no other. */
static bool renew(struct xml_row *row, size_t len)
{
	xmlParserCtxtPtr context = row->context;

	row->context_bytes += len;
	if (context && row->context_bytes <= CONTEXT_MOST)
		return true;
	if (context)
		xmlFreeParserCtxt(context);
	row->context = xmlNewParserCtxt();
	row->context_bytes = len;
	return row->context != NULL;
}

/* As xmlCtxtReadMemory() of UTF-8, but that the buffer, which has all of the text, is never made larger: where there is no
 * memory for that, libxml2 2.9 goes on with a pointer to nothing. NULL: it is not well formed, or no memory. */
static xmlDocPtr read_utf8(xmlParserCtxtPtr context, struct text element)
{
	xmlParserInputBufferPtr buffer = xmlParserInputBufferCreateMem(element.data, (int)element.len, XML_CHAR_ENCODING_NONE);
	xmlParserInputPtr input = NULL;
	xmlDocPtr document;

	xmlCtxtReset(context);
	if (buffer) {
		buffer->readcallback = NULL;
		input = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE);
	}
	if (!input) {
		xmlFreeParserInputBuffer(buffer);
		return NULL;
	}
	if (inputPush(context, input) < 0) {
		xmlFreeInputStream(input);
		return NULL;
	}
	(void)xmlCtxtUseOptions(context, OPTIONS);
	(void)xmlParseDocument(context);
	document = context->myDoc;
	context->myDoc = NULL;
	if (context->wellFormed)
		return document;
	xmlFreeDoc(document);
	return NULL;
}

/* Takes the element apart, as far as it is XML. */
static bool take_apart(struct xml_row *row, struct text element)
{
	xmlParserCtxtPtr context = row->context;
	xmlDocPtr document = row->encoding && !is_utf8(element)
				     ? xmlCtxtReadMemory(context, element.data, (int)element.len, NULL, row->encoding, OPTIONS)
				     : read_utf8(context, element);
	xmlNodePtr root = document ? xmlDocGetRootElement(document) : NULL;
	bool good = true;

	if (!root)
		row->reason = problem(context);
	else
		good = (row->named || store_attributes(row, 0, root)) && walk(row, root);
	xmlFreeDoc(document);
	return good;
}

static bool is_kept(const struct xml_row *row, struct text element)
{
	return row->keeps && row->kept.len > 0 && text_equal(buf_view(&row->kept), element);
}

static bool keep(struct xml_row *row, struct text element)
{
	if (row->keeps)
		buf_add(&row->kept, element.data, element.len);
	return !row->kept.failed;
}

bool xml_row_read(struct xml_row *row, struct text element)
{
	struct xml_memory memory;
	bool good;

	if (is_kept(row, element))
		return true;
	buf_clear(&row->kept);
	if (!room_for(row) || !room_for_strings(row, 2 * element.len + RECORD_READ + 1))
		return false;
	xml_memory_begin(&memory);
	good = renew(row, element.len);
	begin(row);
	good = good && take_apart(row, element);
	row->count = row->columns->count;
	good = xml_memory_end(&memory) && good;
	return good && keep(row, element);
}
