/* SPDX-License-Identifier: Apache-2.0 */
/* What column READ_FLAGS of a segment, and column flags of `call`, say of a call.
 * Plain numbers, so that SQL has them from here too. */
#ifndef UNSPOOF_CASEFILE_SEGMENT_CALL_FLAG_H
#define UNSPOOF_CASEFILE_SEGMENT_CALL_FLAG_H

#define CALL_FLAG_ANSWERED 1
/* Where the talk comes from, most trusted first; none of them: there is none. */
#define CALL_TALK_FROM_TALK 2
#define CALL_TALK_FROM_TIMES 4         /* ended less answered_at */
#define CALL_TALK_FROM_BILLED 6        /* may be rounded up */
#define CALL_TALK_FROM_DURATION 8      /* includes the set-up */
#define CALL_TALK_MASK 14
#define CALL_FLAG_CONTRADICTED 16      /* status says otherwise than seconds */
#define CALL_FLAG_NEGATIVE 32          /* seconds below 0, taken as 0 */
#define CALL_FLAG_CLOCK 64             /* local time that is twice or never */
#define CALL_FLAG_LEG 128              /* another row stands for this call */
#define CALL_FLAG_UNREAD 256           /* not understood: in no figure */
#define CALL_FLAG_SAME 512             /* presented and dialled are the same */
#define CALL_FLAG_NEIGHBOUR 1024       /* presented is near dialled */
#define CALL_FLAG_TOLD 2048            /* such a local time, and which it is was told */
#define CALL_FLAG_TIMES 4096           /* talk is not what lies between its times */
#define CALL_FLAG_DAY 8192             /* no time of day: it began on the day whose first
					* second by UTC its start is */
#define CALL_FLAG_DUPLICATE 16384      /* another row is this call once more */
#define CALL_FLAG_STANDS 32768         /* and this row stands for such ones */
#define CALL_FLAG_COST 262144          /* the cost is not understood */

/* One of them as a literal of SQL. */
#define CALL_FLAG_LITERAL(number) #number
#define CALL_FLAG_SQL(flag) CALL_FLAG_LITERAL(flag)

#endif
