/* SPDX-License-Identifier: Apache-2.0 */
/* A made-up spoofing service: what its rooms share. Written apart from lib/, of which it is the judge. */
#ifndef UNSPOOF_TESTS_SYNTH_SYNTH_H
#define UNSPOOF_TESTS_SYNTH_SYNTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Products of amounts, rates and weights. */
__extension__ typedef unsigned __int128 u128;

/* ---- limits and settings ---- */

enum {
	HUB_LIMIT = 20,        /* an identifier of more accounts than this ties nothing */
	LONG_SECONDS = 60,     /* a long call has more seconds of talk */
	REPORT_WINDOW = 1800,  /* seconds between a report and its call, at most */
	THRESHOLD = 10000,     /* pence: a suspect's spend is over the threshold from here */
	MEAN_LOSS = 1000000,   /* pence: what the matched reports lost on average */
	MAX_SLOTS = 8,         /* presentations of an account */
	SHOW_MAX = 48,         /* bytes of a presented text */
	FORM_MAX = 64,         /* bytes of any form of a number */
	NAME_MAX_BYTES = 64,   /* bytes of an account, a login, an e-mail address */
	DAY = 86400
};

enum header { HEADER_CANONICAL, HEADER_RENAMED, HEADER_NONE };

struct options {
	uint64_t num, den; /* the scale, num / den */
	uint64_t seed;
	uint64_t accounts; /* instead of those of the scale; 0: those */
	enum header header;
	char separator;
	bool rows_only;
	const char *dir;
};

/* How many of each thing at this scale. */
struct plan {
	uint64_t rows, broken;                      /* call rows, and the broken ones among them */
	uint64_t window, uk, uk_long, uk_victims;   /* good calls in the press window; uk_victims are numbers */
	uint64_t payers, accounts, reports, others; /* others: presented numbers that no organisation owns */
	uint64_t uk_pool, us_pool;                  /* numbers there are to dial */
	uint32_t start, since, until, end;          /* seconds since 1970: the whole period and the press window */
};

/* ---- random numbers (synth_base.c) ---- */

struct rng {
	uint64_t state;
};

/* Starts stream `stream` of a seed; streams do not disturb one another. */
struct rng rng_make(uint64_t seed, uint64_t stream);
uint64_t rng_next(struct rng *);
/* 0 to n - 1; n from 1 to 2^32. */
uint32_t rng_below(struct rng *, uint64_t n);
/* Selection sampling: true for exactly `need` of the next `left` askings, if the caller counts both down. */
bool rng_take(struct rng *, uint64_t left, uint64_t need);

/* ---- memory and the end ---- */

/* Says why on standard error, and exits with 1. */
_Noreturn void die(const char *what, const char *detail);
/* `count` zeroed items; never NULL. */
void *make(size_t count, size_t size);
/* Room for one item more in an array of n with *cap; returns the array. */
void *room(void *items, size_t n, size_t *cap, size_t size);

/* ---- text and times ---- */

/* Each writes at p and returns where it stopped. */
char *put_text(char *p, const char *text, size_t len);
char *put_word(char *p, const char *word);
char *put_uint(char *p, uint64_t value);
/* Exactly `width` digits, leading zeros included. */
char *put_digits(char *p, uint64_t value, unsigned width);
/* value / 10^scale with at least `least` decimals, no other trailing zeros. */
char *put_decimal(char *p, uint64_t value, unsigned scale, unsigned least);
/* "2022-03-27" + between + "00:59:58", from seconds since 1970. */
char *put_time(char *p, uint32_t at, char between);
/* Days since 1970-01-01 of a date. */
uint32_t day_number(unsigned year, unsigned month, unsigned day);
/* Byte order; shorter first where one begins the other. */
int compare_bytes(const char *a, size_t a_len, const char *b, size_t b_len);

/* ---- output ---- */

enum { OUT_BYTES = 1 << 18, ROW_BYTES = 2048 };

struct out {
	FILE *file;
	char *path;
	char *bytes; /* OUT_BYTES of them; `len` wait to be written */
	size_t len;
	uint64_t line; /* lines ended */
	bool fresh;    /* at the start of a line */
	bool strict;   /* a truth file: comma, quotes only where the exporter puts them */
	char separator;
};

/* Opens dir/name; dies when it cannot. */
void out_open(struct out *, const char *dir, const char *name, char separator, bool strict);
/* Room for a row of ROW_BYTES, to be written at the pointer returned; add what was written to out->len. */
char *out_room(struct out *);
/* Ends the file; dies when a write failed. */
void out_close(struct out *);
/* The next field of the row, quoted where it must be. */
void out_field(struct out *, const char *text, size_t len);
void out_word(struct out *, const char *word);
void out_uint(struct out *, uint64_t value);
/* Pence as pounds with two decimals. */
void out_pence(struct out *, uint64_t pence);
/* `2022-03-27T00:59:58Z`, or empty where `known` is false. */
void out_moment(struct out *, uint32_t at, bool known);
/* Whether a field must be quoted. */
bool must_quote(const struct out *, const char *text, size_t len);
/* A quoted field, quotes doubled, at p. */
char *put_quoted(char *p, const char *text, size_t len);
void out_end(struct out *);

/* ---- numbers (synth_number.c) ---- */

enum country { GB, US, CA, FR, DE, IE, AU, COUNTRIES };

struct number {
	enum country country;
	uint8_t len, head; /* digits in all; digits of the first group when it is written in groups */
	char nsn[12];      /* the national digits, without trunk prefix */
};

/* How a number can be written; all read back to one E.164 number in the region GB. */
enum form {
	FORM_PLUS, FORM_IDD, FORM_NATIONAL, FORM_BARE, FORM_SPACED, FORM_NATIONAL_SPACED, FORM_BRACKETS, FORM_ZERO, FORM_SIP,
	FORM_TEL, FORMS
};

/* Ids of numbers nobody dials: other presented numbers, telephones of accounts, victims in reports that nobody called. */
enum { ID_SHOWN = 60000000, ID_PHONE = 80000000, ID_NOBODY = 97000000 };

const char *country_name(enum country);
/* How many distinct numbers number_make can give for a country. */
uint32_t country_room(enum country);
/* Number `id` of a country, different for every id below country_room. `key` scrambles the order. */
struct number number_make(enum country, uint32_t id, uint64_t key);
/* Number `line` (0 to 199) of area `area` (any), kept for organisations. */
struct number number_organisation(unsigned area, unsigned line);
char *put_e164(char *p, const struct number *);
char *put_form(char *p, const struct number *, enum form);
/* A form, the plain ones most often. */
enum form pick_form(struct rng *);

/* ---- the service ---- */

/* What can stand in the presented column. */
struct presented {
	bool known;     /* false: the field is empty */
	bool is_number; /* else a text */
	int organisation;
	struct number number;
	uint32_t rank;     /* its place among all in the byte order of `show` */
	uint8_t show_len;
	char show[SHOW_MAX]; /* E.164 with +, or the text */
};

struct account {
	char text[NAME_MAX_BYTES];
	uint8_t len;
	bool seen, caller, payer, trier, listed, logs_in, free, hub_address, hub_device, in_window;
	uint32_t email, second_email, phone, device, second_device, address, txid; /* ids, 0 = none */
	uint32_t first_slot, slots;
	uint32_t first_seen;
	uint32_t partner; /* an account it is tied to, plus one, or 0 */
	uint32_t person;  /* index into persons */
};

/* One presentation of one account, and what its calls came to. */
struct slot {
	uint32_t account, presented;
	uint32_t calls, answered, longs, first, last;
	uint32_t row; /* index into world.rows */
	uint64_t cost; /* millionths */
	uint64_t loss; /* pence */
	uint64_t spend; /* pence */
};

struct dialled {
	uint32_t calls, longs, window_longs, seconds, first, last;
};

/* A call as it is made: talk and ring in seconds, cost in millionths. */
struct call {
	uint32_t at, account, slot, dialled, talk, ring;
	uint64_t cost;
	bool contradicts, window;
	enum country country;
};

struct long_call {
	uint32_t dialled, at, slot;
};

enum identifier { BY_EMAIL, BY_PHONE, BY_DEVICE, BY_ADDRESS, BY_TXID };

struct identity {
	uint64_t key; /* kind and id */
	uint32_t account;
};

/* One accepted row of accounts.csv, for the lists. */
struct profile {
	uint32_t account, email;
};

enum payment_status { CONFIRMED, EXPIRED, PENDING };

struct payment {
	uint32_t account, at, satoshi, address, txid, order;
	enum payment_status status;
};

enum report_victim { VICTIM_DIALLED, VICTIM_NOBODY };

struct report {
	enum report_victim victim;
	uint32_t number;    /* a dialled number, or an id beyond ID_NOBODY */
	uint32_t at;
	uint32_t presented; /* index of what was shown, 0 = nothing said */
	bool matched;
	size_t call;   /* the long call it is matched to */
	uint64_t loss; /* pence; 0 = nothing said */
};

enum file { CALLS, ACCOUNTS, PAYMENTS, LOGINS, REPORTS, RATES, ORGANISATIONS, FILES };

enum fault {
	FAULT_NONE, FAULT_FEW, FAULT_MANY, FAULT_TIME, FAULT_NO_TIME, FAULT_TALK, FAULT_COST, FAULT_QUOTE_LAST, FAULT_QUOTE_INSIDE,
	FAULT_AMOUNT, FAULT_NO_ACCOUNT, FAULT_NO_REFERENCE, FAULT_LOSS, FAULTS
};

struct tally {
	uint64_t read, accepted, rejected, skipped;
};

struct reject {
	enum file file;
	enum fault fault;
	uint64_t line;
};

/* The figures of an account or a person. */
struct figures {
	uint64_t calls, answered, longs, victims, presentations, organisations, reports, loss, spend, payments;
	uint32_t first_call, last_call, first_payment, last_payment;
};

/* A row of truth/presentations.csv. */
struct row {
	uint32_t presented, person, accounts;
	uint64_t calls, answered, longs, victims, spend, loss;
	uint32_t first, last;
};

/* A row of truth/victims.csv. */
struct victim {
	uint32_t dialled, persons, organisations, reports;
	uint64_t loss;
};

/* The call figures of the whole case, or of the window. */
struct totals {
	uint64_t calls, answered, longs, victims, uk_calls, uk_answered, uk_longs, uk_victims, accounts, persons;
	uint32_t first, last;
};

struct pool {
	enum country country;
	uint32_t base, size; /* in world.dialled */
};

struct world {
	struct options options;
	struct plan plan;
	uint64_t key; /* scrambles the order of numbers */
	struct account *accounts;
	size_t n_accounts;
	uint32_t *callers;
	size_t n_callers;
	struct presented *presented; /* [0] is the empty field; then organisations, texts, others */
	size_t n_presented, n_organisation_numbers, n_texts;
	struct slot *slots;
	size_t n_slots, cap_slots;
	struct pool pools[COUNTRIES];
	struct dialled *dialled;
	size_t n_dialled;
	struct long_call *longs;
	size_t n_longs, cap_longs;
	size_t *longs_from; /* n_dialled + 1 of them, once grouped */
	uint32_t *hours;    /* calls in each hour of the period */
	struct totals whole, window;
	struct payment *payments;
	size_t n_payments, cap_payments;
	uint64_t *rates; /* millionths of a pound for a bitcoin, one a day */
	struct report *reports;
	size_t n_reports;
	struct profile *profiles;
	size_t n_profiles, cap_profiles;
	struct identity *identities;
	size_t n_identities, cap_identities;
	struct reject *rejects;
	size_t n_rejects, cap_rejects;
	struct tally tallies[FILES];
	/* what is concluded */
	struct figures *account_figures, *person_figures;
	uint32_t *by_text;  /* seen accounts in byte order */
	size_t n_seen, n_persons;
	struct row *rows;
	size_t n_rows;
	struct victim *victims;
	size_t n_victims;
	uint64_t spend, payers;
};

/* ---- the dumps ---- */

/* Opens a dump of the directory and writes its header. */
void dump_open(struct world *, struct out *, enum file);
/* Ends a row and books it: accepted, or rejected for `fault`. */
void dump_row(struct world *, struct out *, enum file, enum fault);
/* An empty line, which a reader skips. */
void dump_blank(struct world *, struct out *, enum file);
/* The name of a dump without its directory. */
const char *dump_name(enum file);
const char *fault_name(enum fault);
/* Notes that an accepted row ties `account` to an identifier; id 0 is none. */
void identity_add(struct world *, enum identifier, uint32_t id, uint32_t account);
/* Notes that an accepted row at `at` named the account; 0 is no time. */
void account_seen(struct world *, uint32_t account, uint32_t at);

/* synth_shown.c: organisations, presented numbers and texts, and what each account presents. */
void shown_make(struct world *);
const char *organisation_name(int organisation);
const char *organisation_sector(int organisation);
void organisations_write(struct world *);
/* Orders n presented things by what they show, and sets their ranks. */
void shown_rank(struct world *);

/* synth_people.c: who there is, and what ties them. */
void people_make(struct world *);
/* Writes id as an e-mail address in lower case, or as a login. */
char *put_email(char *p, uint32_t id);
char *put_login(char *p, uint32_t account);
void accounts_write(struct world *);
void logins_write(struct world *);

/* synth_calls.c */
void calls_write(struct world *);
struct number dialled_number(const struct world *, uint32_t dialled);

/* synth_money.c */
void rates_write(struct world *);
void payments_write(struct world *);

/* synth_reports.c: needs the long calls grouped. */
void longs_group(struct world *);
void reports_write(struct world *);

/* synth_persons.c: from identities to persons. */
void persons_make(struct world *);

/* synth_truth.c: every figure. call_count adds one good call; truth_count concludes when all files are written. */
void call_count(struct world *, const struct call *);
void truth_count(struct world *);

/* Opens a file of the truth and writes its header. */
void table_open(const struct world *, struct out *, const char *name, const char *columns);
/* synth_tables.c: suspects, accounts, presentations, victims, the summaries. */
void tables_write(const struct world *);
/* synth_dump.c: what was read, accepted, rejected and skipped, and which rows are broken in what way. */
void books_write(const struct world *);

#endif
