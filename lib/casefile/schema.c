/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a case file. unspoof-case(5) explains each column. */
#include "casefile/schema.h"

#include <string.h>

#include "casefile/kinds.h"
#include "casefile/schema_columns.h"

#define TABLE(of_name, of_layer, rows) \
	.name = (of_name), .layer = LAYER_##of_layer, .sealed = SEALED_##rows

const struct schema_table schema_tables[] = {
	{ TABLE("run", FOUND, NOT), .columns =
	  " id INTEGER PRIMARY KEY,"
	  " command TEXT NOT NULL,"
	  " arguments TEXT NOT NULL,"     /* a JSON array, as given */
	  " version TEXT NOT NULL,"       /* of unspoof and its libraries */
	  " settings TEXT NOT NULL,"      /* a JSON object */
	  " inputs TEXT NOT NULL,"        /* a JSON array of what went in */
	  " outputs TEXT NOT NULL,"       /* a JSON object of what came of it */
	  " started TEXT NOT NULL,"
	  " ended TEXT NOT NULL,"
	  " operator TEXT NOT NULL,"      /* who ran it */
	  " purpose TEXT NOT NULL,"       /* why; or empty */
	  " recipient TEXT NOT NULL,"     /* whom what came of it is for; or empty */
	  " seal TEXT NOT NULL,"          /* of the layer that it made, as it left it */
	  " tables TEXT NOT NULL,"        /* a JSON object: digests of the same, by name */
	  " previous TEXT NOT NULL,"      /* the hash of the run before, or empty */
	  " hash TEXT NOT NULL"           /* SHA-256 over all columns before it */
	},
	/* of the case: one row, once it has a reference */
	{ TABLE("identity", FOUND, WHOLE), .columns =
	  " id INTEGER PRIMARY KEY CHECK(id = 1),"
	  " reference TEXT NOT NULL"      /* that those who work on it have given it */
	},
	{ TABLE("source", FOUND, SOURCE_IDS), .shared = SOURCE_SHARED, .columns =
	  " id INTEGER PRIMARY KEY,"
	  " path TEXT NOT NULL,"          /* as given */
	  " member TEXT NOT NULL,"        /* in an archive; else empty */
	  " stream INTEGER NOT NULL,"     /* which table of it; 0: it has one */
	  " stream_name TEXT NOT NULL,"   /* of that table; or empty */
	  " exhibit TEXT NOT NULL,"       /* the reference it was seized under; or empty */
	  " compression TEXT NOT NULL,"   /* none, gzip, bzip2, xz, zstd, ... */
	  " size INTEGER NOT NULL,"       /* bytes of the file as seized */
	  " sha256 TEXT NOT NULL,"        /* of the file as seized */
	  " member_size INTEGER NOT NULL,"    /* bytes of what was parsed */
	  " member_sha256 TEXT NOT NULL,"     /* of what was parsed */
	  " encoding TEXT NOT NULL,"      /* of its texts; empty: bytes as they are */
	  " kind TEXT NOT NULL,"
	  " service TEXT NOT NULL,"
	  " profile TEXT NOT NULL,"
	  " region TEXT NOT NULL,"        /* of national numbers; or empty */
	  " zone TEXT NOT NULL,"          /* of times without one */
	  " currency TEXT NOT NULL,"      /* of amounts without one; or empty */
	  " date_order TEXT NOT NULL,"    /* dmy, mdy, or empty: the file must prove it */
	  " legs TEXT NOT NULL,"          /* call_id: rows of one id are one call; or empty */
	  " dialect TEXT NOT NULL,"       /* separator, quote, header, line ends */
	  " mapping TEXT NOT NULL,"       /* role=column, one a line */
	  " words TEXT NOT NULL,"         /* the profile's status words, one a line */
	  " tech_prefixes TEXT NOT NULL," /* in front of numbers, joined by , */
	  " bare TEXT NOT NULL,"          /* what digits alone are; or empty */
	  " rows_read INTEGER NOT NULL,"
	  " accepted INTEGER NOT NULL,"
	  " rejected INTEGER NOT NULL,"
	  " skipped INTEGER NOT NULL,"
	  " recipe TEXT NOT NULL,"        /* what its rows can be read again by */
	  " absent TEXT NOT NULL,"        /* words that are no value, one a line */
	  " settings TEXT NOT NULL,"      /* name=value, one a line; see checkpoint */
	  " decimal TEXT NOT NULL,"       /* comma, point, or empty: the file must prove it */
	  " format TEXT NOT NULL,"        /* that it is written in: delimited, sql, ... */
	  " joins TEXT NOT NULL,"         /* its name as a table, and what of it is a key of which */
	  " measured TEXT NOT NULL,"      /* periods of its clocks, one a line; or empty */
	  " doubled TEXT NOT NULL,"       /* what rows of hours that there are twice tell; or empty */
	  " zones TEXT NOT NULL,"         /* role=zone where it differs, one a line; or empty */
	  " dropped_by INTEGER REFERENCES run(id),"     /* that took its rows out; or NULL */
	  " CHECK(rows_read = accepted + rejected + skipped)"
	},
	/* those that share a source */
	{ TABLE("member", FOUND, SOURCES), .columns =
	  " source INTEGER NOT NULL REFERENCES source(id),"
	  " number INTEGER NOT NULL CHECK(number >= 0),"
	  " path TEXT NOT NULL,"          /* below that of the source */
	  " compression TEXT NOT NULL,"
	  " size INTEGER NOT NULL,"       /* bytes: in an archive unpacked, else as seized */
	  " sha256 TEXT NOT NULL,"        /* of those; empty: not wholly read yet */
	  " content TEXT NOT NULL,"       /* SHA-256 of what was parsed; the same */
	  " rows_read INTEGER NOT NULL,"
	  " accepted INTEGER NOT NULL,"
	  " rejected INTEGER NOT NULL,"
	  " skipped INTEGER NOT NULL,"
	  " CHECK(rows_read = accepted + rejected + skipped)",
	  .key = "source, number",
	  /* Of the hash enough to find a content by, which is looked for per member. */
	  .more = "CREATE INDEX member_sha256 ON member(substr(sha256, 1, 8));"
		  "CREATE INDEX member_content ON member(substr(content, 1, 8));"
	},
	/* rows of sources that were taken out: their ids are not given again */
	{ TABLE("dropped", FOUND, SOURCES), .columns =
	  " source INTEGER NOT NULL REFERENCES source(id),"
	  " name TEXT NOT NULL,"          /* of the table that had them */
	  " first INTEGER NOT NULL,"      /* the least id */
	  " last INTEGER NOT NULL,"
	  " rows INTEGER NOT NULL CHECK(rows BETWEEN 1 AND last - first + 1)",
	  .key = "source, name"
	},
	/* runs that dropped some, while the file has copies of it: for a moment */
	{ TABLE("overwriting", FOUND, NOT), .columns =
	  " run INTEGER PRIMARY KEY REFERENCES run(id)"
	},
	/* of a source that is not whole yet */
	{ TABLE("checkpoint", FOUND, NOT), .columns =
	  " source INTEGER PRIMARY KEY REFERENCES source(id),"
	  " offset INTEGER NOT NULL,"     /* where its next row begins, in bytes */
	  " line INTEGER NOT NULL,"       /* and as a line */
	  " done INTEGER NOT NULL,"       /* bytes of the file as seized read */
	  " prefix INTEGER NOT NULL,"     /* first bytes of the member that are hashed */
	  " sha256 TEXT NOT NULL,"        /* of those */
	  " local_time INTEGER NOT NULL," /* a time of it told no zone */
	  " legs INTEGER NOT NULL,"       /* a row of it was a leg */
	  " first_form INTEGER NOT NULL," /* the first form that it added */
	  " role_rejects TEXT NOT NULL,"  /* by role; the last: of whole rows */
	  " forms BLOB NOT NULL,"         /* what each role added */
	  " state BLOB NOT NULL,"         /* of the format, for itself */
	  " settings TEXT NOT NULL,"      /* name=value, one a line */
	  " tally BLOB NOT NULL"          /* what its rows showed so far, for itself */
	},
	{ TABLE("reject", FOUND, SOURCES), .columns =
	  PLACE
	  " role TEXT NOT NULL,"          /* empty: the row as a whole */
	  " reason TEXT NOT NULL,"
	  " value BLOB NOT NULL,"         /* of that role, at most 4,096 bytes */
	  " text BLOB NOT NULL",          /* of the row, at most 65,536 bytes */
	  .more = "CREATE INDEX reject_source ON reject(source);"
	},
	/* what was said of sources when they were ingested */
	{ TABLE("source_remark", FOUND, SOURCES), .shared = REMARK_SHARED, .columns = REMARK },
	{ TABLE("form", FOUND, FORMS), .unique = 1, .columns =
	  " id INTEGER PRIMARY KEY,"
	  " mask BLOB NOT NULL UNIQUE"
	},
	{ TABLE("segment", FOUND, SOURCES), .columns =
	  " id INTEGER PRIMARY KEY,"
	  " source INTEGER NOT NULL REFERENCES source(id),"
	  " rows INTEGER NOT NULL CHECK(rows BETWEEN 1 AND 65536),"
	  " sha256 TEXT NOT NULL"         /* of its columns as found */
	},
	{ TABLE("found", FOUND, NOT), .columns =
	  " id INTEGER PRIMARY KEY,"      /* segment * 256 + column */
	  " base INTEGER NOT NULL,"
	  " slope INTEGER NOT NULL,"
	  " unit INTEGER NOT NULL,"
	  " width INTEGER NOT NULL,"
	  " list INTEGER NOT NULL,"
	  " data BLOB NOT NULL"
	},
	/* Of a kind: the place, and a text a role. */
	{ TABLE("account", FOUND, SOURCES) },
	{ TABLE("payment", FOUND, SOURCES) },
	{ TABLE("login", FOUND, SOURCES) },
	{ TABLE("report", FOUND, SOURCES) },
	{ TABLE("rate", FOUND, SOURCES) },
	{ TABLE("organisation", FOUND, SOURCES) },
	{ TABLE("lookup", FOUND, SOURCES) },
	/* what the last seals are made of */
	{ TABLE("table_digest", FOUND, NOT), .columns =
	  " layer TEXT NOT NULL,"
	  " name TEXT NOT NULL,"
	  " sha256 TEXT NOT NULL",        /* of its rows within the seal */
	  .key = "layer, name"
	},

	/* As understood. Amounts are of type ANY, see table/amount.h. Ids named for
	 * a found table are those of its rows; times are seconds since 1970-01-01 UTC,
	 * those whose name ends in _ms milliseconds, amounts minor units of their currency,
	 * E.164 numbers integers, NULL where there is none. */
	{ TABLE("account_key", UNDERSTOOD, WHOLE), .unique = 1, .columns =
	  " id INTEGER PRIMARY KEY,"      /* from 1; calls name it */
	  " service TEXT NOT NULL,"
	  " account TEXT NOT NULL,"
	  " UNIQUE(service, account)"
	},
	{ TABLE("reading", UNDERSTOOD, WHOLE), .columns =
	  " id INTEGER PRIMARY KEY,"
	  " class TEXT NOT NULL,"
	  " rule TEXT NOT NULL,"
	  " region TEXT NOT NULL,"        /* by the numbering plan; ZZ: none */
	  " country TEXT NOT NULL,"       /* region, else the main one of the code */
	  " type TEXT NOT NULL,"
	  " possible INTEGER NOT NULL,"
	  " valid INTEGER NOT NULL,"
	  " flags TEXT NOT NULL,"         /* names of table flag, joined by , */
	  " other INTEGER NOT NULL"       /* 1: another reading is as valid; 2: several */
	},
	/* what is said of presented numbers */
	{ TABLE("flag", UNDERSTOOD, WHOLE), .unique = 1, .columns =
	  " name TEXT PRIMARY KEY,"
	  " class TEXT NOT NULL,"         /* impossible, suspicious or note */
	  " words TEXT NOT NULL,"
	  " source TEXT NOT NULL"
	},
	/* presented texts that are no number */
	{ TABLE("shown", UNDERSTOOD, WHOLE), .unique = 1, .columns =
	  " id INTEGER PRIMARY KEY,"
	  " text BLOB NOT NULL UNIQUE"
	},
	{ TABLE("understood", UNDERSTOOD, NOT), .columns =
	  " id INTEGER PRIMARY KEY,"      /* segment * 256 + column */
	  " base INTEGER NOT NULL,"
	  " slope INTEGER NOT NULL,"
	  " unit INTEGER NOT NULL,"
	  " width INTEGER NOT NULL,"
	  " list INTEGER NOT NULL,"
	  " data BLOB NOT NULL"
	},
	{ TABLE("segment_read", UNDERSTOOD, WHOLE), .columns =
	  " id INTEGER PRIMARY KEY,"      /* segment.id */
	  " sha256 TEXT NOT NULL,"        /* of its columns as understood */
	  " first_start INTEGER,"         /* of its calls, rounded down; NULL: */
	  " last_start INTEGER"           /* no start is understood */
	},
	/* what lets a question skip segments */
	{ TABLE("segment_filter", UNDERSTOOD, NOT), .optional = true, .columns = SEGMENT_FILTER },
	{ TABLE("account_read", UNDERSTOOD, WHOLE), .columns =
	  " account INTEGER PRIMARY KEY,"
	  " key INTEGER NOT NULL,"
	  " email TEXT,"                  /* trimmed, ASCII case folded */
	  " phone INTEGER,"
	  " phone_reading INTEGER,"
	  " registered INTEGER,"
	  " country TEXT,"                /* the region of its national numbers */
	  " registered_day INTEGER NOT NULL DEFAULT 0"  /* see paid_day */
	},
	{ TABLE("payment_read", UNDERSTOOD, WHOLE), .columns =
	  " payment INTEGER PRIMARY KEY,"
	  " key INTEGER NOT NULL,"
	  " paid INTEGER NOT NULL,"
	  " amount ANY NOT NULL,"
	  " currency TEXT NOT NULL,"
	  " exponent INTEGER NOT NULL,"   /* digits after the point */
	  " rounded INTEGER NOT NULL,"    /* 1: the text had more digits */
	  " confirmed INTEGER NOT NULL,"
	  " from_address TEXT,"
	  " from_kind TEXT,"
	  " to_address TEXT,"
	  " to_kind TEXT,"
	  " txid TEXT,"                   /* without the output */
	  " output INTEGER,"              /* of the transaction, where one is named */
	  " duplicate INTEGER NOT NULL DEFAULT 0,"      /* 1: another row stands for it: */
	  " twin INTEGER,"                /* that; of one that stands, the first it does for */
	  " clock INTEGER NOT NULL DEFAULT 0,"  /* 1: clocks have paid twice or never */
	  " paid_day INTEGER NOT NULL DEFAULT 0"   /* 1: paid is a day, by its midnight as UTC */
	},
	{ TABLE("login_read", UNDERSTOOD, WHOLE), .columns =
	  " login INTEGER PRIMARY KEY,"
	  " key INTEGER NOT NULL,"
	  " at INTEGER NOT NULL,"
	  " clock INTEGER NOT NULL DEFAULT 0,"  /* the same of at */
	  " at_day INTEGER NOT NULL DEFAULT 0"
	},
	{ TABLE("report_read", UNDERSTOOD, WHOLE), .columns =
	  " report INTEGER PRIMARY KEY,"
	  " victim INTEGER,"
	  " victim_reading INTEGER,"      /* NULL: blanks of other alphabets alone */
	  " at_ms INTEGER NOT NULL,"      /* compared with the starts of calls */
	  " presented INTEGER,"
	  " presented_reading INTEGER,"
	  " loss ANY,"
	  " currency TEXT,"
	  " exponent INTEGER,"
	  " duplicate INTEGER NOT NULL,"  /* the same */
	  " twin INTEGER,"
	  " clock INTEGER NOT NULL DEFAULT 0,"  /* the same of at_ms */
	  " at_day INTEGER NOT NULL DEFAULT 0,"
	  " date INTEGER NOT NULL DEFAULT 0,"   /* of at in the zone of the source, days since 1970 */
	  " day_from INTEGER,"            /* of a day: when it begins there, */
	  " day_until INTEGER"            /* and when it has ended */
	},
	{ TABLE("rate_read", UNDERSTOOD, WHOLE), .columns =
	  " rate INTEGER PRIMARY KEY,"
	  " day INTEGER NOT NULL,"        /* days since 1970-01-01 UTC */
	  " base TEXT NOT NULL,"
	  " quote TEXT NOT NULL,"
	  " value TEXT NOT NULL"          /* a decimal */
	},
	{ TABLE("organisation_read", UNDERSTOOD, WHOLE), .columns =
	  " organisation INTEGER PRIMARY KEY,"
	  " number INTEGER,"
	  " reading INTEGER"              /* the same */
	},
	/* roles of sources whose texts are keys of another source */
	{ TABLE("joined", UNDERSTOOD, WHOLE), .columns =
	  " id INTEGER PRIMARY KEY,"
	  " source INTEGER NOT NULL,"
	  " role TEXT NOT NULL,"
	  " by_source INTEGER,"           /* that has the keys; NULL: it is not there */
	  " rows INTEGER NOT NULL,"       /* with a key of it */
	  " missing INTEGER NOT NULL,"    /* with a text that is none */
	  " several INTEGER NOT NULL"     /* with a key that has different values */
	},
	/* found rows that could not be understood */
	{ TABLE("unread", UNDERSTOOD, WHOLE), .columns =
	  " id INTEGER PRIMARY KEY,"
	  " kind TEXT NOT NULL,"
	  " source INTEGER NOT NULL,"
	  " member INTEGER NOT NULL,"
	  " line INTEGER NOT NULL,"
	  " offset INTEGER NOT NULL,"
	  " length INTEGER NOT NULL,"
	  " role TEXT NOT NULL,"
	  " reason TEXT NOT NULL,"
	  " value BLOB NOT NULL"
	},
	/* what is said of the sources as they are understood */
	{ TABLE("remark", UNDERSTOOD, WHOLE), .shared = REMARK_SHARED, .columns = REMARK },

	/* As concluded. Amounts are minor units of setting currency. Lists are
	 * joined by ; with ; and \ behind a backslash. */
	{ TABLE("setting", CONCLUDED, WHOLE), .unique = 1, .shared = SETTING_SHARED, .columns =
	  " key TEXT PRIMARY KEY,"
	  " value TEXT NOT NULL"
	},
	{ TABLE("suspect", CONCLUDED, WHOLE), .columns =
	  " id INTEGER PRIMARY KEY,"      /* shown as S1, S2, ... */
	  " accounts TEXT NOT NULL,"
	  " logins TEXT NOT NULL,"
	  " emails TEXT NOT NULL,"
	  " spend ANY NOT NULL,"
	  " payments INTEGER NOT NULL,"
	  " first_payment INTEGER,"
	  " last_payment INTEGER,"
	  FIGURES ","
	  " score INTEGER NOT NULL,"
	  " why TEXT NOT NULL,"
	  " doubts TEXT NOT NULL,"        /* what alone ties accounts of it */
	  GROSS "," DAYS
	},
	{ TABLE("account_figure", CONCLUDED, WHOLE), .columns =
	  " key INTEGER PRIMARY KEY,"
	  " suspect INTEGER NOT NULL,"
	  " logins TEXT NOT NULL,"
	  " emails TEXT NOT NULL,"
	  " spend ANY NOT NULL,"
	  " payments INTEGER NOT NULL,"
	  " first_payment INTEGER,"
	  " last_payment INTEGER,"
	  FIGURES "," GROSS "," DAYS
	},
	{ TABLE("presentation", CONCLUDED, WHOLE), .columns =
	  " id INTEGER PRIMARY KEY,"
	  " number INTEGER,"              /* E.164, or NULL and then: */
	  " shown INTEGER,"
	  " suspect INTEGER NOT NULL,"
	  " organisation TEXT,"
	  " sector TEXT,"
	  " accounts INTEGER NOT NULL,"
	  " calls INTEGER NOT NULL,"
	  " answered INTEGER NOT NULL,"
	  " long_calls INTEGER NOT NULL,"
	  " victims INTEGER NOT NULL,"
	  " spend ANY NOT NULL,"
	  " loss ANY NOT NULL,"
	  " first_call INTEGER,"
	  " last_call INTEGER,"
	  " reading INTEGER,"             /* reading.id: how it was read first */
	  DAYS
	},
	{ TABLE("victim", CONCLUDED, WHOLE), .columns =
	  " number INTEGER PRIMARY KEY,"
	  " country TEXT NOT NULL,"
	  " calls INTEGER NOT NULL,"
	  " long_calls INTEGER NOT NULL,"
	  " talk_ms INTEGER NOT NULL,"
	  " suspects INTEGER NOT NULL,"
	  " organisations INTEGER NOT NULL,"
	  " reports INTEGER NOT NULL,"
	  " loss ANY NOT NULL,"
	  " first_call INTEGER NOT NULL,"
	  " last_call INTEGER NOT NULL,"
	  " unsure INTEGER NOT NULL,"     /* long calls: the number has another reading */
	  DAYS
	},
	{ TABLE("link", CONCLUDED, WHOLE), .columns =
	  " id INTEGER PRIMARY KEY,"
	  " account_a INTEGER NOT NULL,"
	  " account_b INTEGER NOT NULL,"
	  " rule TEXT NOT NULL,"
	  " value TEXT NOT NULL,"
	  " strength TEXT NOT NULL,"      /* decisive; weak or hub: shown, ties nothing */
	  " source_a INTEGER NOT NULL,"
	  " row_a INTEGER NOT NULL,"      /* a line */
	  " source_b INTEGER NOT NULL,"
	  " row_b INTEGER NOT NULL,"
	  " note TEXT NOT NULL,"          /* why it is weak, or flagged; or empty */
	  " member_a INTEGER NOT NULL,"   /* of the source */
	  " member_b INTEGER NOT NULL"
	},
	{ TABLE("payment_value", CONCLUDED, WHOLE), .columns =
	  " payment INTEGER PRIMARY KEY,"
	  " value ANY,"
	  " rate INTEGER,"                /* the found row of the rate used */
	  " gap INTEGER"                  /* days from that of the payment to that of the rate */
	},
	{ TABLE("report_match", CONCLUDED, WHOLE), .columns =
	  " report INTEGER PRIMARY KEY,"
	  " verdict TEXT NOT NULL,"       /* matched, ambiguous, unmatched */
	  " loss ANY,"
	  " segment INTEGER,"             /* the call, by segment and row */
	  " row INTEGER,"
	  " key INTEGER,"
	  " apart_ms INTEGER,"            /* from the call's start to the report's time */
	  " reason TEXT NOT NULL DEFAULT '',"   /* of the verdict; of a match by time: none */
	  " rate INTEGER,"                /* the same, of the loss */
	  " gap INTEGER"
	},
	/* that tells who a suspect is: how many */
	{ TABLE("evidence", CONCLUDED, WHOLE), .columns =
	  " suspect INTEGER PRIMARY KEY,"
	  " emails INTEGER NOT NULL,"
	  " phones INTEGER NOT NULL,"
	  " addresses INTEGER NOT NULL,"  /* that paid */
	  " ips INTEGER NOT NULL,"
	  " devices INTEGER NOT NULL,"
	  " accounts INTEGER NOT NULL"
	},
	/* by which suspects have their points */
	{ TABLE("score_band", CONCLUDED, WHOLE), .columns =
	  " id INTEGER PRIMARY KEY,"
	  " line INTEGER NOT NULL,"       /* of a score, from 1: a figure */
	  " axis TEXT NOT NULL,"          /* harm or evidence */
	  " figure TEXT NOT NULL,"        /* a column of suspect or evidence */
	  " shown TEXT NOT NULL,"         /* the same in words */
	  " least ANY NOT NULL,"
	  " points INTEGER NOT NULL"
	},
	{ TABLE("funnel", CONCLUDED, WHOLE), .columns =
	  " step INTEGER PRIMARY KEY,"
	  " text TEXT NOT NULL,"
	  " kept INTEGER NOT NULL,"
	  " dropped INTEGER NOT NULL"
	},
	/* what is said of the conclusions */
	{ TABLE("conclusion_remark", CONCLUDED, WHOLE), .shared = REMARK_SHARED, .columns = REMARK },

	/* What an analyst decided, which nothing drops. */
	{ TABLE("decision", DECIDED, WHOLE), .shared = DECISION_SHARED, .columns =
	  " id INTEGER PRIMARY KEY,"
	  " run INTEGER NOT NULL REFERENCES run(id),"   /* that took it */
	  " command TEXT NOT NULL,"       /* that it is for, such as correlate */
	  " source INTEGER REFERENCES source(id),"      /* that it is about; NULL: all */
	  " key TEXT NOT NULL,"           /* a setting of that */
	  " item TEXT NOT NULL,"          /* what of it, as a word, folded; or empty */
	  " value TEXT NOT NULL,"         /* empty: there is none */
	  " reason TEXT NOT NULL,"        /* in the words of who decided; or empty */
	  " undone_by INTEGER REFERENCES run(id)",      /* NULL: it holds */
	  .more = "CREATE INDEX decision_source ON decision(source, key)"
		  " WHERE undone_by IS NULL;"
	},
	{ .name = NULL }
};

static void add_roles(const struct kind_info *info, struct buf *sql)
{
	buf_text(sql, PLACE);
	for (size_t i = 0; i < info->role_count; i++)
		buf_format(sql, "%s %s TEXT", i ? "," : "", info->roles[i].name);
}

void schema_make_table(const struct schema_table *table, struct buf *sql)
{
	enum kind kind;

	buf_format(sql, "CREATE TABLE %s(", table->name);
	if (table->columns)
		buf_text(sql, table->columns);
	else if (kind_find(table->name, &kind))
		add_roles(kind_info(kind), sql);
	if (table->key)
		buf_format(sql, ", PRIMARY KEY(%s)) STRICT, WITHOUT ROWID;",
			   table->key);
	else
		buf_text(sql, ") STRICT;");
	if (table->more)
		buf_text(sql, table->more);
}

void schema_make(enum layer layer, struct buf *sql)
{
	for (const struct schema_table *table = schema_tables; table->name; table++)
		if (table->layer == layer)
			schema_make_table(table, sql);
}

void schema_drop(enum layer layer, struct buf *sql)
{
	for (const struct schema_table *table = schema_tables; table->name; table++)
		if (table->layer == layer)
			buf_format(sql, "DROP TABLE IF EXISTS %s;", table->name);
}
