/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of SQL that several statements of this stage are made of. */
#ifndef UNSPOOF_EXPORT_TABLES_SQL_H
#define UNSPOOF_EXPORT_TABLES_SQL_H

/* The path of a row of table source, with the member of an archive. */
#define SOURCE_PATH(s) s ".path || CASE " s ".member WHEN '' THEN '' ELSE ':' || " s ".member END"

/* Milliseconds as seconds, with decimals only where there are some. */
#define SECONDS(ms) "CASE WHEN " ms " % 1000 = 0 THEN " ms " / 1000 ELSE amount(" ms ", 3) END"

/* enum call_flag of casefile/segment/segment.h. */
#define FLAG_TALK(flags) \
	"CASE (" flags " >> 1) & 7 WHEN 1 THEN 'talk' WHEN 2 THEN 'times' WHEN 3 THEN 'billed'" \
	" WHEN 4 THEN 'duration' END"
#define FLAG_NOTES(flags) \
	"CASE " flags " & 496 WHEN 0 THEN '' ELSE ltrim(CASE WHEN " flags " & 16 THEN 'contradicted' ELSE '' END ||" \
	" CASE WHEN " flags " & 32 THEN ';negative' ELSE '' END ||" \
	" CASE WHEN " flags " & 64 THEN ';clock' ELSE '' END ||" \
	" CASE WHEN " flags " & 128 THEN ';leg' ELSE '' END ||" \
	" CASE WHEN " flags " & 256 THEN ';unread' ELSE '' END, ';') END"
/* The flags of a call: those of its presented number, by its reading, then its own. */
#define FLAG_LIST(reading) "replace(coalesce(" reading ".flags, ''), ',', ';')"
#define FLAG_CALL(flags, reading) \
	"CASE " flags " & 1536 WHEN 0 THEN " FLAG_LIST(reading) " ELSE ltrim(" FLAG_LIST(reading) " ||" \
	" CASE WHEN " flags " & 1024 THEN ';neighbour' ELSE '' END ||" \
	" CASE WHEN " flags " & 512 THEN ';presented-equals-dialled' ELSE '' END, ';') END"
/* Legs of other rows and rows that could not be understood are no calls. */
#define FLAG_NO_CALL "384"

#endif
