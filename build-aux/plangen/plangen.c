/* SPDX-License-Identifier: Apache-2.0 */
/* plangen FILE [VERSION]: writes C tables for the numbering plan in FILE to standard output. */
#include <inttypes.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plangen/plangen.h"

/* The libphonenumber that data/numplan.tsv was taken from; to be changed with that file. */
#define PLAN_VERSION "8.12.57"

/* What is made of the plan's patterns; the arrays have one item a row of the plan. */
struct tables {
	struct dag dag;
	struct programs programs;
	struct program *idd, *national;
	int *roots; /* of the row's calling code */
	size_t code_count;
};

/* The types of numplan_tables.h must hold what is put into them. */
static void check_sizes(const struct tables *tables, const struct plan *plan)
{
	if (tables->dag.state_count > UINT16_MAX || tables->programs.code.len > UINT16_MAX)
		plangen_fail("too large for the tables' types", "states or programs");
	if (tables->dag.output_count > UINT8_MAX || plan->count >= UINT8_MAX)
		plangen_fail("too large for the tables' types", "outputs or regions");
}

static void tables_make(struct tables *tables, const struct plan *plan)
{
	*tables = (struct tables){ .code_count = 0 };
	tables->idd = calloc(plan->count, sizeof(*tables->idd));
	tables->national = calloc(plan->count, sizeof(*tables->national));
	tables->roots = calloc(plan->count, sizeof(*tables->roots));
	if (!tables->idd || !tables->national || !tables->roots)
		plangen_fail("out of memory", "tables");
	dag_begin(&tables->dag);
	ints_push(&tables->programs.code, 0);
	for (size_t i = 0, end; i < plan->count; i = end) {
		int root;

		for (end = i + 1; end < plan->count && plan->rows[end].order > 0;)
			end++;
		root = dag_add(&tables->dag, plan->rows + i, end - i);
		for (size_t k = i; k < end; k++) {
			tables->roots[k] = root;
			tables->idd[k] = programs_add(&tables->programs, plan->rows[k].idd);
			tables->national[k] = programs_add(&tables->programs, plan->rows[k].national);
		}
		tables->code_count++;
	}
	check_sizes(tables, plan);
}

static void tables_free(struct tables *tables)
{
	dag_free(&tables->dag);
	ints_free(&tables->programs.code);
	free(tables->idd);
	free(tables->national);
	free(tables->roots);
}

static void emit_automaton(const struct dag *dag)
{
	printf("\nconst unsigned numplan_state_count = %zu;\n", dag->state_count);
	printf("\nconst uint16_t numplan_rows[%zu][10] = {\n", dag->state_count);
	for (size_t i = 0; i < dag->state_count; i++) {
		const int *next = dag->states[i].next;

		printf("\t{%d,%d,%d,%d,%d,%d,%d,%d,%d,%d},\n", next[0], next[1], next[2], next[3], next[4], next[5], next[6],
			next[7], next[8], next[9]);
	}
	printf("};\n\nconst uint8_t numplan_state_output[%zu] = {", dag->state_count);
	for (size_t i = 0; i < dag->state_count; i++)
		printf("%s%d,", i % 24 ? "" : "\n\t", dag->states[i].output);
	printf("\n};\n\nconst struct numplan_output numplan_outputs[%zu] = {\n", dag->output_count);
	for (size_t i = 0; i < dag->output_count; i++)
		printf("\t{ %d, %u, 0x%" PRIx32 "u },\n", dag->outputs[i].region, dag->outputs[i].type, dag->outputs[i].general);
	puts("};");
}

static void emit_programs(const struct programs *programs)
{
	printf("\nconst uint16_t numplan_programs[%zu] = {", programs->code.len);
	for (size_t i = 0; i < programs->code.len; i++)
		printf("%s0x%x,", i % 16 ? "" : "\n\t", (unsigned)programs->code.at[i]);
	puts("\n};");
}

/* A rule is literal digits and then one group, the one that the program captures. */
static void emit_rule(const struct plan_row *row, const struct program *national)
{
	size_t digits = strspn(row->rule, "0123456789");

	if (!row->rule[0] || !national->groups) {
		printf("false, 0, \"\" ");
		return;
	}
	if (digits > 7 || row->rule[digits] != '\\' || row->rule[digits + 1] != (national->groups > 1 ? '2' : '1') ||
		row->rule[digits + 2])
		plangen_fail("a rule of another form", row->rule);
	printf("true, %zu, \"%.*s\" ", digits, (int)digits, row->rule);
}

static unsigned lowest_length(uint32_t mask)
{
	unsigned length = 0;

	while (!(mask >> length & 1))
		length++;
	return length;
}

static unsigned highest_length(uint32_t mask)
{
	unsigned length = 31;

	while (!(mask >> length & 1))
		length--;
	return length;
}

/* Where the prefix is the calling code itself, numbers without it are no less usual. */
static bool has_trunk(const struct plan_row *row)
{
	return row->trunk[0] && strtoul(row->trunk, NULL, 10) != row->country_code;
}

static void emit_records(const struct plan *plan, const struct tables *tables)
{
	unsigned code = 0;

	printf("\nconst struct numplan_record numplan_records[%zu] = {\n", plan->count);
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_row *row = &plan->rows[i];
		const struct plan_desc *general = &row->desc[DESC_GENERAL];

		code += i > 0 && row->order == 0;
		printf("\t{ \"%s\", %u, %u, 0x%" PRIx32 "u, 0x%" PRIx32 "u, %u, %u, %d, 0x%x, %d, 0x%x, ", row->region, code, row->order,
			general->lengths, general->local, lowest_length(general->lengths), highest_length(general->lengths),
			tables->idd[i].start, tables->idd[i].first, tables->national[i].start, tables->national[i].first);
		emit_rule(row, &tables->national[i]);
		puts(has_trunk(row) ? ", true }," : ", false },");
	}
	puts("};");
}

static void emit_codes(const struct plan *plan, const struct tables *tables)
{
	printf("\nconst struct numplan_code numplan_codes[%zu] = {\n", tables->code_count);
	for (size_t i = 0, end; i < plan->count; i = end) {
		unsigned code = plan->rows[i].country_code;

		for (end = i + 1; end < plan->count && plan->rows[end].order > 0;)
			end++;
		printf("\t{ %u, %d, %zu, %zu, %u, \"%u\" },\n", code, tables->roots[i], i, end - i,
			code < 10 ? 1u : code < 100 ? 2u : 3u, code);
	}
	puts("};");
}

/* So that a run can say which plan it read numbers by: of the bytes of the file, as sha256sum has it. */
static void emit_digest(const char *path)
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	char block[4096];
	size_t got;
	FILE *file = fopen(path, "rb");
	EVP_MD_CTX *digest = EVP_MD_CTX_new();

	if (!file || !digest || EVP_DigestInit_ex(digest, EVP_sha256(), NULL) != 1)
		plangen_fail("cannot hash", path);
	while ((got = fread(block, 1, sizeof(block), file)) > 0)
		if (EVP_DigestUpdate(digest, block, got) != 1)
			plangen_fail("cannot hash", path);
	if (ferror(file) || fclose(file) || EVP_DigestFinal_ex(digest, bytes, &len) != 1)
		plangen_fail("cannot hash", path);
	EVP_MD_CTX_free(digest);
	printf("const char numplan_tables_sha256[] = \"");
	for (unsigned i = 0; i < len; i++)
		printf("%02x", (unsigned)bytes[i]);
	puts("\";");
}

static void emit(const struct plan *plan, const struct tables *tables, const char *version, const char *path)
{
	puts("/* SPDX-License-Identifier: Apache-2.0 */");
	puts("/* The numbering plan. Made by plangen from data/numplan.tsv: see data/NUMPLAN.md. */");
	puts("/* Metadata: Copyright The Libphonenumber Authors. */");
	puts("#include \"number/plan/numplan_tables.h\"");
	printf("\nconst char numplan_tables_version[] = \"%s\";\n", version);
	emit_digest(path);
	printf("const unsigned numplan_code_count = %zu;\n", tables->code_count);
	printf("const unsigned numplan_record_count = %zu;\n", plan->count);
	emit_records(plan, tables);
	emit_codes(plan, tables);
	emit_programs(&tables->programs);
	emit_automaton(&tables->dag);
}

int main(int argc, char **argv)
{
	const char *version = argc > 2 ? argv[2] : PLAN_VERSION;
	struct plan plan;
	struct tables tables;

	if (argc < 2 || argc > 3)
		plangen_fail("usage", "plangen FILE [VERSION]");
	if (strspn(version, "0123456789.") != strlen(version))
		plangen_fail("not a version", version);
	plan_read(&plan, argv[1]);
	tables_make(&tables, &plan);
	emit(&plan, &tables, version, argv[1]);
	tables_free(&tables);
	plan_free(&plan);
	if (fflush(stdout) || ferror(stdout))
		plangen_fail("cannot write", "standard output");
	return EXIT_SUCCESS;
}
