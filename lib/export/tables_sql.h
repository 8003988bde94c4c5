/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of SQL that several statements of this stage are made of. */
#ifndef UNSPOOF_EXPORT_TABLES_SQL_H
#define UNSPOOF_EXPORT_TABLES_SQL_H

#include "casefile/segment/call_flag.h"

/* The path of a row of table source, with the member of an archive. */
#define SOURCE_PATH(s) s ".path || CASE " s ".member WHEN '' THEN '' ELSE ':' || " s ".member END"

/* That of a row of it: where it has members, with that of the row. */
#define ROW_PATH_OF(s, number) \
	SOURCE_PATH(s) " || coalesce((SELECT CASE WHEN " s ".compression <> 'none' THEN ':'" \
	" WHEN substr(" s ".path, -1) = '/' THEN '' ELSE '/' END || path FROM member" \
	" WHERE source = " s ".id AND number = " number "), '')"
#define ROW_PATH(s, row) ROW_PATH_OF(s, row ".member")

/* The account of a row as found, unless a key of another table stands there: then what that is. */
#define JOINED_ACCOUNT(s, row, key) \
	"CASE WHEN instr(" s ".joins, 'join account ') THEN" \
	" coalesce((SELECT ak.account FROM account_key ak WHERE ak.id = " key "), " row ".account) ELSE " row ".account END"

/* The command that cuts a row out: of a source s, its member m (which may be NULL), and the row. */
#define CUT(s, m, row) \
	"cut(" s ".format," \
	" CASE WHEN " m ".path IS NOT NULL AND " s ".compression = 'none' THEN rtrim(" s ".path, '/') || '/' || " m ".path ELSE " s ".path END," \
	" CASE WHEN " m ".path IS NULL THEN " s ".member WHEN " s ".compression = 'none' THEN '' ELSE " m ".path END," \
	" CASE WHEN " m ".path IS NOT NULL AND " s ".compression = 'none' THEN " m ".compression ELSE " s ".compression END, " \
	s ".stream_name, " row ".line, " row ".offset, " row ".length)"
#define CUT_JOIN(s, m, row) \
	" LEFT JOIN source " s " ON " s ".id = " row ".source" \
	" LEFT JOIN member " m " ON " m ".source = " s ".id AND " m ".number = " row ".member"

/* Behind every statement of a table. */
#define LIMIT " LIMIT :top"

/* Whether an amount is below zero, however it is stored. */
#define NEGATIVE(amount) "(substr(" amount ", 1, 1) = '-')"

/* Milliseconds as seconds, with as many decimals as there are. */
#define SECONDS(ms) "CASE WHEN " ms " % 1000 = 0 THEN " ms " / 1000 ELSE rtrim(amount(" ms ", 3), '0') END"

/* What is said of the time of a payment or report; else an empty text. */
#define CLOCK_NOTE(read) "CASE WHEN " read ".clock THEN 'clock' ELSE '' END"

/* The second that a time in milliseconds lies in. */
#define SECOND_OF(ms) "(" ms " - (" ms " % 1000 + 1000) % 1000) / 1000"

/* A time, or the day that it is where `is` holds; the same as a text. */
#define TIME(time, is) "CASE WHEN " is " THEN day(" time ") ELSE " time " END"
#define TIME_TEXT(time, is) "CASE WHEN " is " THEN day(" time ") ELSE utc(" time ") END"
#define STARTED_DAY(call) call ".flags & " CALL_FLAG_SQL(CALL_FLAG_DAY)
/* Bits of column `days` of conclusions. */
#define FIRST_CALL_DAY(t) t ".days & 1"
#define LAST_CALL_DAY(t) t ".days & 2"
#define FIRST_PAYMENT_DAY(t) t ".days & 4"
#define LAST_PAYMENT_DAY(t) t ".days & 8"

/* What is said where a flag of a call is set; else an empty text. */
#define FLAG_WORD(flags, flag, word) "CASE WHEN " flags " & " CALL_FLAG_SQL(flag) " THEN '" word "' ELSE '' END"
#define FLAG_TALK(flags) \
	"CASE " flags " & " CALL_FLAG_SQL(CALL_TALK_MASK) \
	" WHEN " CALL_FLAG_SQL(CALL_TALK_FROM_TALK) " THEN 'talk'" \
	" WHEN " CALL_FLAG_SQL(CALL_TALK_FROM_TIMES) " THEN 'times'" \
	" WHEN " CALL_FLAG_SQL(CALL_TALK_FROM_BILLED) " THEN 'billed'" \
	" WHEN " CALL_FLAG_SQL(CALL_TALK_FROM_DURATION) " THEN 'duration' END"
/* The flags that are notes. */
#define FLAG_ANY_NOTE \
	"(" CALL_FLAG_SQL(CALL_FLAG_CONTRADICTED) " | " CALL_FLAG_SQL(CALL_FLAG_TIMES) " | " CALL_FLAG_SQL(CALL_FLAG_NEGATIVE) " | " \
	CALL_FLAG_SQL(CALL_FLAG_CLOCK) " | " CALL_FLAG_SQL(CALL_FLAG_LEG) " | " CALL_FLAG_SQL(CALL_FLAG_UNREAD) " | " \
	CALL_FLAG_SQL(CALL_FLAG_DUPLICATE) " | " CALL_FLAG_SQL(CALL_FLAG_STANDS) " | " \
	CALL_FLAG_SQL(CALL_FLAG_COST) " | " CALL_FLAG_SQL(CALL_FLAG_DAY) ")"
#define FLAG_NOTES(flags) \
	"CASE " flags " & " FLAG_ANY_NOTE " WHEN 0 THEN '' ELSE ltrim(" \
	"CASE WHEN " flags " & (" CALL_FLAG_SQL(CALL_FLAG_CONTRADICTED) " | " CALL_FLAG_SQL(CALL_FLAG_TIMES) ")" \
	" THEN 'contradicted' ELSE '' END || " \
	FLAG_WORD(flags, CALL_FLAG_NEGATIVE, ";negative") " || " \
	FLAG_WORD(flags, CALL_FLAG_CLOCK, ";clock") " || " \
	FLAG_WORD(flags, CALL_FLAG_LEG, ";leg") " || " \
	FLAG_WORD(flags, CALL_FLAG_UNREAD, ";unread") " || " \
	FLAG_WORD(flags, CALL_FLAG_DUPLICATE, ";duplicate") " || " \
	FLAG_WORD(flags, CALL_FLAG_STANDS, ";stands") " || " \
	FLAG_WORD(flags, CALL_FLAG_COST, ";cost") " || " \
	FLAG_WORD(flags, CALL_FLAG_TIMES, ";times") " || " \
	FLAG_WORD(flags, CALL_FLAG_DAY, ";day") ", ';') END"
/* The flags of a call: those of its presented number, by its reading, then its own. */
#define FLAG_LIST(reading) "replace(coalesce(" reading ".flags, ''), ',', ';')"
#define FLAG_OWN "(" CALL_FLAG_SQL(CALL_FLAG_SAME) " | " CALL_FLAG_SQL(CALL_FLAG_NEIGHBOUR) ")"
#define FLAG_CALL(flags, reading) \
	"CASE " flags " & " FLAG_OWN " WHEN 0 THEN " FLAG_LIST(reading) " ELSE ltrim(" FLAG_LIST(reading) " || " \
	FLAG_WORD(flags, CALL_FLAG_NEIGHBOUR, ";neighbour") " || " \
	FLAG_WORD(flags, CALL_FLAG_SAME, ";presented-equals-dialled") ", ';') END"
/* Legs of other rows, rows that could not be understood, and rows that are there again
 * elsewhere are no calls, unless these count: where there are conclusions, as their
 * setting says; FLAG_NO_ROW, where there need be none, as the last correlate did. */
#define FLAG_NO_ROW \
	"(" CALL_FLAG_SQL(CALL_FLAG_LEG) " | " CALL_FLAG_SQL(CALL_FLAG_UNREAD) \
	" | CASE WHEN (SELECT instr(settings, '\"duplicates\":\"keep\"') FROM run WHERE command = 'correlate'" \
	" ORDER BY id DESC LIMIT 1) THEN 0 ELSE " CALL_FLAG_SQL(CALL_FLAG_DUPLICATE) " END)"
#define FLAG_NO_CALL \
	"(" CALL_FLAG_SQL(CALL_FLAG_LEG) " | " CALL_FLAG_SQL(CALL_FLAG_UNREAD) \
	" | CASE (SELECT value FROM setting WHERE key = 'duplicates') WHEN 'keep' THEN 0 ELSE " \
	CALL_FLAG_SQL(CALL_FLAG_DUPLICATE) " END)"
/* Where the row stands that another one stands for, or that stands for it: of a found table, by
 * the tables `twin` and `twin_source` that TWIN_JOIN adds. */
#define TWIN_JOIN(found, read) \
	" LEFT JOIN " found " twin ON twin.id = " read ".twin LEFT JOIN source twin_source ON twin_source.id = twin.source"
#define TWIN_PLACE ROW_PATH("twin_source", "twin") " || ':' || twin.line"
#define TWIN_STOOD_FOR(read) "CASE WHEN " read ".duplicate THEN " TWIN_PLACE " END"
#define TWIN_STANDS(read) "CASE WHEN NOT " read ".duplicate AND " read ".twin IS NOT NULL THEN " TWIN_PLACE " END"
/* Of a victim, whether it is a telephone of an account or a number of an organisation. Only victims are held. */
#define OWN_AMONG(column, table) "IN (SELECT " column " FROM " table " WHERE " column " IN (SELECT number FROM victim))"
#define OWN_ACCOUNT OWN_AMONG("phone", "account_read")
#define OWN_ORGANISATION OWN_AMONG("number", "organisation_read")
#define OWN(v) \
	"ltrim(CASE WHEN " v ".number " OWN_ACCOUNT " THEN 'account' ELSE '' END ||" \
	" CASE WHEN " v ".number " OWN_ORGANISATION " THEN ';organisation' ELSE '' END, ';')"
/* The currency of a call's cost: one that has no name here is as found. */
#define COST_CURRENCY(call) \
	"coalesce(" call ".cost_currency, found_value(" call ".currency, 'currency', " call ".source))"
/* The other reading of a found number, or the numbers of a text that has several. */
#define OTHER(reading, text, source, key, number) \
	"CASE WHEN " reading ".other THEN other_numbers(" text ", " source ", " key ", " number ") END"

#endif
