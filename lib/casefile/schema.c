/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a case file. unspoof-case(5) explains each column. */
#include "casefile/schema.h"

/* As found. Every row names its source and its place there: line from 1,
 * offset and length in bytes of the uncompressed member. */
#define PLACE \
	" id INTEGER PRIMARY KEY," \
	" source INTEGER NOT NULL REFERENCES source(id)," \
	" line INTEGER NOT NULL," \
	" offset INTEGER NOT NULL," \
	" length INTEGER NOT NULL,"

const char schema_found[] =
	"CREATE TABLE run("
	" id INTEGER PRIMARY KEY,"
	" command TEXT NOT NULL,"
	" arguments TEXT NOT NULL,"     /* a JSON array, as given */
	" version TEXT NOT NULL,"       /* of unspoof and its libraries */
	" settings TEXT NOT NULL,"      /* a JSON object */
	" inputs TEXT NOT NULL,"        /* a JSON array of what went in */
	" outputs TEXT NOT NULL,"       /* a JSON object of what came of it */
	" started TEXT NOT NULL,"
	" ended TEXT NOT NULL,"
	" seal TEXT NOT NULL,"          /* of the layer that it made, as it left it */
	" previous TEXT NOT NULL,"      /* the hash of the run before, or empty */
	" hash TEXT NOT NULL"           /* SHA-256 over all columns before it */
	") STRICT;"
	"CREATE TABLE source("
	" id INTEGER PRIMARY KEY,"
	" path TEXT NOT NULL,"          /* as given */
	" member TEXT NOT NULL,"        /* in an archive; else empty */
	" compression TEXT NOT NULL,"   /* none, gzip, bzip2, xz, zstd, ... */
	" size INTEGER NOT NULL,"       /* bytes of the file as seized */
	" sha256 TEXT NOT NULL,"        /* of the file as seized */
	" member_size INTEGER NOT NULL,"    /* bytes of what was parsed */
	" member_sha256 TEXT NOT NULL,"     /* of what was parsed */
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
	" rows_read INTEGER NOT NULL,"
	" accepted INTEGER NOT NULL,"
	" rejected INTEGER NOT NULL,"
	" skipped INTEGER NOT NULL,"
	" recipe TEXT NOT NULL,"        /* what its rows can be read again by */
	" CHECK(rows_read = accepted + rejected + skipped)"
	") STRICT;"
	"CREATE TABLE checkpoint("      /* of a source that is not whole yet */
	" source INTEGER PRIMARY KEY REFERENCES source(id),"
	" offset INTEGER NOT NULL,"     /* where its next row begins, in bytes */
	" line INTEGER NOT NULL,"       /* and as a line */
	" done INTEGER NOT NULL,"       /* bytes of the file as seized read */
	" prefix INTEGER NOT NULL,"     /* first bytes of the member that are hashed */
	" sha256 TEXT NOT NULL,"        /* of those */
	" header_due INTEGER NOT NULL,"
	" local_time INTEGER NOT NULL," /* a time of it told no zone */
	" legs INTEGER NOT NULL,"       /* a row of it was a leg */
	" first_form INTEGER NOT NULL," /* the first form that it added */
	" role_rejects TEXT NOT NULL,"  /* by role; the last: of whole rows */
	" forms BLOB NOT NULL,"         /* what each role added */
	" settings TEXT NOT NULL"       /* name=value, one a line */
	") STRICT;"
	"CREATE TABLE reject("
	PLACE
	" role TEXT NOT NULL,"          /* empty: the row as a whole */
	" reason TEXT NOT NULL,"
	" value BLOB NOT NULL,"         /* of that role, at most 4,096 bytes */
	" text BLOB NOT NULL"           /* of the row, at most 65,536 bytes */
	") STRICT;"
	"CREATE INDEX reject_source ON reject(source);"
	"CREATE TABLE form("
	" id INTEGER PRIMARY KEY,"
	" mask BLOB NOT NULL UNIQUE"
	") STRICT;"
	"CREATE TABLE segment("
	" id INTEGER PRIMARY KEY,"
	" source INTEGER NOT NULL REFERENCES source(id),"
	" rows INTEGER NOT NULL CHECK(rows BETWEEN 1 AND 65536),"
	" sha256 TEXT NOT NULL"         /* of its columns as found */
	") STRICT;"
	"CREATE TABLE found("
	" id INTEGER PRIMARY KEY,"      /* segment * 256 + column */
	" base INTEGER NOT NULL,"
	" slope INTEGER NOT NULL,"
	" unit INTEGER NOT NULL,"
	" width INTEGER NOT NULL,"
	" list INTEGER NOT NULL,"
	" data BLOB NOT NULL"
	") STRICT;"
	"CREATE TABLE account(" PLACE
	" account TEXT, login TEXT, email TEXT, phone TEXT, name TEXT,"
	" registered TEXT, ip TEXT, country TEXT) STRICT;"
	"CREATE TABLE payment(" PLACE
	" payment_id TEXT, account TEXT, paid TEXT, amount TEXT, currency TEXT,"
	" from_address TEXT, to_address TEXT, txid TEXT, status TEXT) STRICT;"
	"CREATE TABLE login(" PLACE
	" account TEXT, at TEXT, ip TEXT, device TEXT) STRICT;"
	"CREATE TABLE report(" PLACE
	" reference TEXT, victim TEXT, at TEXT, presented TEXT, loss TEXT,"
	" currency TEXT) STRICT;"
	"CREATE TABLE rate(" PLACE
	" date TEXT, base TEXT, quote TEXT, rate TEXT) STRICT;"
	"CREATE TABLE organisation(" PLACE
	" number TEXT, organisation TEXT, sector TEXT) STRICT;";

/* As understood. Ids named for a found table are those of its rows; times are
 * seconds since 1970-01-01 UTC, amounts minor units of their currency, E.164
 * numbers integers, NULL where there is none. */
const char schema_understood[] =
	"CREATE TABLE account_key("
	" id INTEGER PRIMARY KEY,"      /* from 1; calls name it */
	" service TEXT NOT NULL,"
	" account TEXT NOT NULL,"
	" UNIQUE(service, account)"
	") STRICT;"
	"CREATE TABLE reading("
	" id INTEGER PRIMARY KEY,"
	" class TEXT NOT NULL,"
	" rule TEXT NOT NULL,"
	" region TEXT NOT NULL,"        /* by the numbering plan; ZZ: none */
	" country TEXT NOT NULL,"       /* region, else the main one of the code */
	" type TEXT NOT NULL,"
	" possible INTEGER NOT NULL,"
	" valid INTEGER NOT NULL,"
	" flags TEXT NOT NULL"          /* names of table flag, joined by , */
	") STRICT;"
	"CREATE TABLE flag("            /* what is said of presented numbers */
	" name TEXT PRIMARY KEY,"
	" class TEXT NOT NULL,"         /* impossible, suspicious or note */
	" words TEXT NOT NULL,"
	" source TEXT NOT NULL"
	") STRICT;"
	"CREATE TABLE shown("           /* presented texts that are no number */
	" id INTEGER PRIMARY KEY,"
	" text BLOB NOT NULL UNIQUE"
	") STRICT;"
	"CREATE TABLE understood("
	" id INTEGER PRIMARY KEY,"      /* segment * 256 + column */
	" base INTEGER NOT NULL,"
	" slope INTEGER NOT NULL,"
	" unit INTEGER NOT NULL,"
	" width INTEGER NOT NULL,"
	" list INTEGER NOT NULL,"
	" data BLOB NOT NULL"
	") STRICT;"
	"CREATE TABLE segment_read("
	" id INTEGER PRIMARY KEY,"      /* segment.id */
	" sha256 TEXT NOT NULL"         /* of its columns as understood */
	") STRICT;"
	"CREATE TABLE account_read("
	" account INTEGER PRIMARY KEY,"
	" key INTEGER NOT NULL,"
	" email TEXT,"                  /* trimmed, ASCII case folded */
	" phone INTEGER,"
	" phone_reading INTEGER,"
	" registered INTEGER,"
	" country TEXT"                 /* the region of its national numbers */
	") STRICT;"
	"CREATE TABLE payment_read("
	" payment INTEGER PRIMARY KEY,"
	" key INTEGER NOT NULL,"
	" paid INTEGER NOT NULL,"
	" amount INTEGER NOT NULL,"
	" currency TEXT NOT NULL,"
	" exponent INTEGER NOT NULL,"   /* digits after the point */
	" rounded INTEGER NOT NULL,"    /* 1: the text had more digits */
	" confirmed INTEGER NOT NULL,"
	" from_address TEXT,"
	" from_kind TEXT,"
	" to_address TEXT,"
	" to_kind TEXT,"
	" txid TEXT"
	") STRICT;"
	"CREATE TABLE login_read("
	" login INTEGER PRIMARY KEY,"
	" key INTEGER NOT NULL,"
	" at INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE report_read("
	" report INTEGER PRIMARY KEY,"
	" victim INTEGER,"
	" victim_reading INTEGER,"      /* NULL: blanks of other alphabets alone */
	" at INTEGER NOT NULL,"
	" presented INTEGER,"
	" presented_reading INTEGER,"
	" loss INTEGER,"
	" currency TEXT,"
	" exponent INTEGER"
	") STRICT;"
	"CREATE TABLE rate_read("
	" rate INTEGER PRIMARY KEY,"
	" day INTEGER NOT NULL,"        /* days since 1970-01-01 UTC */
	" base TEXT NOT NULL,"
	" quote TEXT NOT NULL"
	") STRICT;"
	"CREATE TABLE organisation_read("
	" organisation INTEGER PRIMARY KEY,"
	" number INTEGER,"
	" reading INTEGER"              /* the same */
	") STRICT;"
	"CREATE TABLE unread("          /* found rows that could not be understood */
	" id INTEGER PRIMARY KEY,"
	" kind TEXT NOT NULL,"
	" source INTEGER NOT NULL,"
	" line INTEGER NOT NULL,"
	" offset INTEGER NOT NULL,"
	" length INTEGER NOT NULL,"
	" role TEXT NOT NULL,"
	" reason TEXT NOT NULL,"
	" value BLOB NOT NULL"
	") STRICT;"
	"CREATE TABLE assumption("      /* what was assumed, and of which source */
	" id INTEGER PRIMARY KEY,"
	" source INTEGER NOT NULL,"
	" text TEXT NOT NULL"
	") STRICT;";

/* The figures that an account, a person and a presentation have in common.
 * Times NULL when there is no such call. */
#define FIGURES \
	" calls INTEGER NOT NULL," \
	" answered INTEGER NOT NULL," \
	" long_calls INTEGER NOT NULL," \
	" victims INTEGER NOT NULL," \
	" presentations INTEGER NOT NULL," \
	" organisations INTEGER NOT NULL," \
	" reports INTEGER NOT NULL," \
	" loss INTEGER NOT NULL," \
	" first_call INTEGER," \
	" last_call INTEGER"

/* As concluded. Amounts are minor units of setting currency. Lists are joined
 * by ; with ; and \ behind a backslash. */
const char schema_concluded[] =
	"CREATE TABLE setting("
	" key TEXT PRIMARY KEY,"
	" value TEXT NOT NULL"
	") STRICT;"
	"CREATE TABLE suspect("
	" id INTEGER PRIMARY KEY,"      /* shown as S1, S2, ... */
	" accounts TEXT NOT NULL,"
	" logins TEXT NOT NULL,"
	" emails TEXT NOT NULL,"
	" spend INTEGER NOT NULL,"
	" payments INTEGER NOT NULL,"
	" first_payment INTEGER,"
	" last_payment INTEGER,"
	FIGURES ","
	" score INTEGER NOT NULL,"
	" why TEXT NOT NULL"
	") STRICT;"
	"CREATE TABLE account_figure("
	" key INTEGER PRIMARY KEY,"
	" suspect INTEGER NOT NULL,"
	" logins TEXT NOT NULL,"
	" emails TEXT NOT NULL,"
	" spend INTEGER NOT NULL,"
	" payments INTEGER NOT NULL,"
	" first_payment INTEGER,"
	" last_payment INTEGER,"
	FIGURES
	") STRICT;"
	"CREATE TABLE presentation("
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
	" spend INTEGER NOT NULL,"
	" loss INTEGER NOT NULL,"
	" first_call INTEGER,"
	" last_call INTEGER,"
	" reading INTEGER"              /* reading.id: how it was read first */
	") STRICT;"
	"CREATE TABLE victim("
	" number INTEGER PRIMARY KEY,"
	" country TEXT NOT NULL,"
	" calls INTEGER NOT NULL,"
	" long_calls INTEGER NOT NULL,"
	" seconds INTEGER NOT NULL,"
	" suspects INTEGER NOT NULL,"
	" organisations INTEGER NOT NULL,"
	" reports INTEGER NOT NULL,"
	" loss INTEGER NOT NULL,"
	" first_call INTEGER NOT NULL,"
	" last_call INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE link("
	" id INTEGER PRIMARY KEY,"
	" account_a INTEGER NOT NULL,"
	" account_b INTEGER NOT NULL,"
	" rule TEXT NOT NULL,"
	" value TEXT NOT NULL,"
	" strength TEXT NOT NULL,"      /* decisive; weak or hub: shown, ties nothing */
	" source_a INTEGER NOT NULL,"
	" row_a INTEGER NOT NULL,"      /* a line */
	" source_b INTEGER NOT NULL,"
	" row_b INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE payment_value("
	" payment INTEGER PRIMARY KEY,"
	" value INTEGER,"
	" rate INTEGER"                 /* the found row of the rate used */
	") STRICT;"
	"CREATE TABLE report_match("
	" report INTEGER PRIMARY KEY,"
	" verdict TEXT NOT NULL,"       /* matched, ambiguous, unmatched */
	" loss INTEGER,"
	" segment INTEGER,"             /* the call, by segment and row */
	" row INTEGER,"
	" key INTEGER,"
	" seconds INTEGER"              /* from the call's start to the report's time */
	") STRICT;"
	"CREATE TABLE evidence("        /* that tells who a suspect is: how many */
	" suspect INTEGER PRIMARY KEY,"
	" emails INTEGER NOT NULL,"
	" phones INTEGER NOT NULL,"
	" addresses INTEGER NOT NULL,"  /* that paid */
	" ips INTEGER NOT NULL,"
	" devices INTEGER NOT NULL,"
	" accounts INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE score_band("      /* by which suspects have their points */
	" id INTEGER PRIMARY KEY,"
	" line INTEGER NOT NULL,"       /* of a score, from 1: a figure */
	" axis TEXT NOT NULL,"          /* harm or evidence */
	" figure TEXT NOT NULL,"        /* a column of suspect or evidence */
	" shown TEXT NOT NULL,"         /* the same in words */
	" least INTEGER NOT NULL,"
	" points INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE funnel("
	" step INTEGER PRIMARY KEY,"
	" text TEXT NOT NULL,"
	" kept INTEGER NOT NULL,"
	" dropped INTEGER NOT NULL"
	") STRICT;";

const char schema_drop_understood[] =
	"DROP TABLE IF EXISTS account_key;"
	"DROP TABLE IF EXISTS reading;"
	"DROP TABLE IF EXISTS flag;"
	"DROP TABLE IF EXISTS shown;"
	"DROP TABLE IF EXISTS understood;"
	"DROP TABLE IF EXISTS segment_read;"
	"DROP TABLE IF EXISTS account_read;"
	"DROP TABLE IF EXISTS payment_read;"
	"DROP TABLE IF EXISTS login_read;"
	"DROP TABLE IF EXISTS report_read;"
	"DROP TABLE IF EXISTS rate_read;"
	"DROP TABLE IF EXISTS organisation_read;"
	"DROP TABLE IF EXISTS unread;"
	"DROP TABLE IF EXISTS assumption;";

const char schema_drop_concluded[] =
	"DROP TABLE IF EXISTS setting;"
	"DROP TABLE IF EXISTS suspect;"
	"DROP TABLE IF EXISTS account_figure;"
	"DROP TABLE IF EXISTS presentation;"
	"DROP TABLE IF EXISTS victim;"
	"DROP TABLE IF EXISTS link;"
	"DROP TABLE IF EXISTS payment_value;"
	"DROP TABLE IF EXISTS report_match;"
	"DROP TABLE IF EXISTS evidence;"
	"DROP TABLE IF EXISTS score_band;"
	"DROP TABLE IF EXISTS funnel;";
