/* SPDX-License-Identifier: Apache-2.0 */
/* Times as workbooks keep them: days since an epoch, of which a part is a time of day (ECMA-376
 * part 1, 18.17.4). */
#ifndef UNSPOOF_INGEST_XLSX_SERIAL_DATE_H
#define UNSPOOF_INGEST_XLSX_SERIAL_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* Room for `YYYY-MM-DD HH:MM:SS`, or hours without an end. */
#define SERIAL_DATE_ROOM 32

/* What a number is by the format of its cell. */
enum number_style { STYLE_NUMBER, STYLE_DATE, STYLE_TIME, STYLE_ELAPSED };

/* By the number of a format that every program knows (18.8.30). */
enum number_style style_known(uint64_t id);
/* By its text. */
enum number_style style_of(struct text format);

/* The text of a number of such a style, a duration as `H:MM:SS`; false: it is none, as the day 60
 * of 1900, which there was not. *exact: to the second, but for what a double rounds; *seconds: its
 * seconds are not 0. */
bool serial_date(struct text number, enum number_style style, bool since_1904, char out[SERIAL_DATE_ROOM],
		 bool *exact, bool *seconds);

#endif
