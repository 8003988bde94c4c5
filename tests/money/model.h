/* SPDX-License-Identifier: Apache-2.0 */
/* A made-up service with little but money in it, and what must come of it. */
#ifndef UNSPOOF_TESTS_MONEY_MODEL_H
#define UNSPOOF_TESTS_MONEY_MODEL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "big.h"
#include "chance.h"

enum {
	PERSONS_MOST = 1000,
	ACCOUNTS_MOST = 2 * PERSONS_MOST,
	SHOWN_MOST = 12,   /* presentations of a person */
	DAYS = 60,         /* days are counted from 2022-01-01 on, payments and calls are on 2 to DAYS - 3 */
	WINDOWS = 4,
	NONE = -1
};

struct coin {
	const char *code;
	int places;
};

/* A coin is an index into these. */
extern const struct coin coins[];
extern const int n_coins;

/* The rate of a day, as written; none where the text is empty. */
struct day_rate {
	char text[48];
	int line;             /* in its file */
};

struct payment {
	int account;
	int64_t at;           /* milliseconds from 2022-01-01 UTC; of a date alone its midnight */
	int offset;           /* minutes east of UTC of the clock that it is written by */
	bool date_alone;
	int coin;
	bool coin_left_out;   /* the source says it */
	char amount[BIG_TEXT];
	const char *status;
	/* What must come of it. */
	struct big minor;     /* in its own coin */
	bool unread;          /* that is more than 128 bits hold */
	bool counts;          /* as a payment or a refund */
	struct big value;     /* of one that counts, in the coin of the report */
};

struct call {
	int account;
	int64_t at;
	int shown;            /* an index into what the person presents; NONE: unknown */
	int dialled;          /* an index into what is dialled at all */
	int talk;
	char cost[48];        /* empty: none */
	int coin;             /* NONE: no currency */
	bool coin_left_out;
};

struct report {
	int call;             /* that it is of */
	int64_t at;
	bool matched;
	char loss[48];        /* empty: none */
	int coin;
	struct big value;
};

/* Since and until are milliseconds, or NONE. */
struct window {
	int64_t since, until;
};

struct options {
	uint64_t seed;
	int persons;
};

struct service {
	struct options options;
	struct chance chance;
	int coin;             /* of the report */
	int rate_gap;
	char threshold[32];
	bool has_status;      /* payments have a column of it */
	bool negative_refund; /* amounts below zero are refunds, unless their status says otherwise */
	bool dates_alone;     /* some payments have a date alone, and windows begin at midnight */
	const char *date_zone; /* of these; NULL: UTC. Their dates are what counts, whatever it is */
	const char *rate_zone; /* of rates; NULL: UTC */
	bool rate_midnights;  /* their dates have 00:00:00 behind */
	int payment_coin, call_coin; /* what the sources are said to be in; NONE: nothing is said */
	struct day_rate rates[16][DAYS];
	int accounts;
	int person[ACCOUNTS_MOST];
	int shown[PERSONS_MOST][SHOWN_MOST], n_shown[PERSONS_MOST];
	struct payment *payments;
	struct call *calls;
	struct report *reports;
	int n_payments, n_calls, n_reports;
	struct window windows[WINDOWS];
};

/* Of one account, person or window. */
struct sums {
	struct big gross, refunds, spend, loss;
	int payments, calls, reports, victims;
	int64_t first, last;  /* payments; NONE: there is none */
};

/* draw.c, draw_calls.c: everything but what must come of it. */
void service_draw(struct service *service);
void calls_draw(struct service *service, int account);
void amount_draw(struct chance *chance, int places, int whole_digits, char *text);
int64_t time_draw(struct chance *chance);

/* dump.c: the files of the service in the current folder. */
void service_dump(struct service *service);
void shown_write(int shown, char text[24]);
void time_write(int64_t at, int offset, char text[40]);
void date_write(int day, char text[16]);

/* value.c: amounts in the coin of the report. */
/* The day whose rate holds for another day; NONE where there is none near enough. */
int rate_day(const struct service *service, int coin, int day);
/* The text of an amount in minor units of its coin. */
struct big minor_read(const char *text, int coin);
/* The value of an amount in minor units; where there is no rate, false. */
bool value_of(const struct service *service, struct big minor, int coin, int day, struct big *value);
/* Whether it is beyond 128 bits with a sign; what is close to the limit is not drawn. */
bool is_beyond(struct big value);
int day_of(int64_t at);
void values_find(struct service *service);

/* share.c: whether a cost has digits below 2 to the power of 62, as more are not kept. */
bool cost_kept(const struct call *call);
/* Adds what an account's spend comes to for each that the person presents. */
void shares_add(const struct service *service, int account, struct big spend, struct big shares[SHOWN_MOST]);

/* expect.c, expect_rows.c: the tables that must come, as TSV in the current folder. */
void tables_expect(const struct service *service);
void rows_expect(const struct service *service);
/* The columns stand in two texts, with a blank between two. */
FILE *table_open(const char *name, const char *columns, const char *more);
void table_close(FILE *file);
/* An amount in minor units of the report's coin; the text. */
const char *amount(const struct service *service, struct big value, char text[BIG_TEXT]);

#endif
