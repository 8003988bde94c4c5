/* SPDX-License-Identifier: Apache-2.0 */
/* The files' names and headers, the books of what a reader must accept, reject and skip, and who the rows name. */
#include "synth.h"

#include <string.h>

static const char *const names[FILES] = {
	"calls.csv", "accounts.csv", "payments.csv", "logins.csv", "reports.csv", "rates.csv", "organisations.csv",
};

enum { COLUMNS = 9 };

static const char *const canonical[FILES][COLUMNS] = {
	{"started", "account", "presented", "dialled", "duration", "talk", "status", "cost"},
	{"account", "login", "email", "phone", "name", "registered", "ip"},
	{"payment_id", "account", "paid", "amount", "currency", "from_address", "to_address", "txid", "status"},
	{"account", "at", "ip", "device"},
	{"reference", "victim", "at", "presented", "loss", "currency"},
	{"date", "base", "quote", "rate"},
	{"number", "organisation", "sector"},
};

static const char *const renamed[FILES][COLUMNS] = {
	{"when", "user", "shown", "called", "total", "spoken", "outcome", "price"},
	{"user", "nick", "mail", "mobile", "full name", "joined", "address"},
	{"no", "user", "when", "coins", "unit", "sender", "receiver", "hash", "state"},
	{"user", "when", "address", "machine"},
	{"case", "called", "when", "shown", "lost", "unit"},
	{"day", "one", "in", "price"},
	{"line", "owner", "kind"},
};

const char *dump_name(enum file file)
{
	return names[file];
}

const char *fault_name(enum fault fault)
{
	static const char *const faults[FAULTS] = {
		"none", "too-few-fields", "too-many-fields", "bad-time", "no-time", "bad-talk", "bad-cost", "open-quote-last",
		"open-quote-inside", "bad-amount", "no-account", "no-reference", "bad-loss",
	};
	return faults[fault];
}

void dump_open(struct world *world, struct out *out, enum file file)
{
	const struct options *options = &world->options;
	out_open(out, options->dir, names[file], options->separator, false);
	if (options->header == HEADER_NONE)
		return;
	for (size_t i = 0; i < COLUMNS; i++) {
		const char *name = options->header == HEADER_RENAMED ? renamed[file][i] : canonical[file][i];
		if (name != NULL)
			out_word(out, name);
	}
	out_end(out);
}

void dump_row(struct world *world, struct out *out, enum file file, enum fault fault)
{
	struct tally *tally = &world->tallies[file];
	out_end(out);
	tally->read++;
	if (fault == FAULT_NONE) {
		tally->accepted++;
		return;
	}
	tally->rejected++;
	world->rejects = room(world->rejects, world->n_rejects, &world->cap_rejects, sizeof *world->rejects);
	world->rejects[world->n_rejects++] = (struct reject){file, fault, out->line};
}

void dump_blank(struct world *world, struct out *out, enum file file)
{
	out_end(out);
	world->tallies[file].read++;
	world->tallies[file].skipped++;
}

void identity_add(struct world *world, enum identifier kind, uint32_t id, uint32_t account)
{
	if (id == 0)
		return;
	world->identities = room(world->identities, world->n_identities, &world->cap_identities, sizeof *world->identities);
	world->identities[world->n_identities++] = (struct identity){(uint64_t)kind << 32 | id, account};
}

void account_seen(struct world *world, uint32_t account, uint32_t at)
{
	struct account *seen = &world->accounts[account];
	seen->seen = true;
	if (at != 0 && (seen->first_seen == 0 || at < seen->first_seen))
		seen->first_seen = at;
}

void table_open(const struct world *world, struct out *out, const char *name, const char *columns)
{
	out_open(out, world->options.dir, name, ',', true);
	out->len += (size_t)(put_word(out_room(out), columns) - (out->bytes + out->len));
	out_end(out);
}

static void write_ingest(const struct world *world)
{
	struct out out;
	table_open(world, &out, "truth/ingest.csv", "file,read,accepted,rejected,skipped");
	for (int file = 0; file < FILES; file++) {
		const struct tally *tally = &world->tallies[file];
		out_word(&out, dump_name((enum file)file));
		out_uint(&out, tally->read);
		out_uint(&out, tally->accepted);
		out_uint(&out, tally->rejected);
		out_uint(&out, tally->skipped);
		out_end(&out);
	}
	out_close(&out);
}

/* Each rejected row, by its line counted from 1. */
static void write_rejects(const struct world *world)
{
	struct out out;
	table_open(world, &out, "truth/rejects.csv", "file,line,fault");
	for (size_t i = 0; i < world->n_rejects; i++) {
		const struct reject *reject = &world->rejects[i];
		out_word(&out, dump_name(reject->file));
		out_uint(&out, reject->line);
		out_word(&out, fault_name(reject->fault));
		out_end(&out);
	}
	out_close(&out);
}

static void write_faults(const struct world *world)
{
	uint64_t counts[FILES * FAULTS] = {0};
	struct out out;
	for (size_t i = 0; i < world->n_rejects; i++)
		counts[(size_t)world->rejects[i].file * FAULTS + (size_t)world->rejects[i].fault]++;
	table_open(world, &out, "truth/faults.csv", "file,fault,rows");
	for (size_t i = 0; i < FILES * FAULTS; i++) {
		if (counts[i] == 0)
			continue;
		out_word(&out, dump_name((enum file)(i / FAULTS)));
		out_word(&out, fault_name((enum fault)(i % FAULTS)));
		out_uint(&out, counts[i]);
		out_end(&out);
	}
	out_close(&out);
}

void books_write(const struct world *world)
{
	write_ingest(world);
	write_rejects(world);
	write_faults(world);
}
