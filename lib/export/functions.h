/* SPDX-License-Identifier: Apache-2.0 */
/* SQL functions that show values as the tables show them. */
#ifndef UNSPOOF_EXPORT_FUNCTIONS_H
#define UNSPOOF_EXPORT_FUNCTIONS_H

#include "base/status.h"
#include "casefile/casefile.h"

/*
 * Makes these known to the connection; each gives NULL for NULL:
 *   utc(seconds)             2022-03-27T00:59:58Z
 *   day(seconds)             2022-03-27
 *   e164(number)             +442079460101
 *   amount(minor, exponent)  1641.84, of an amount as casefile/table/amount.h has it
 *   asserted(recipe, role)   that the role's values are said and not found; else NULL
 *   cut(format, path, member, compression, table, line, offset, length)
 *                            the command that prints the bytes of a row
 * and other_numbers(), found_value(), see other.h and valued.h.
 * What is beyond their range (years 0000 to 9999, numbers from 1, exponents 0
 * to 36) is an SQL error.
 */
enum status functions_register(struct casefile *casefile);
/* The last of them, which it makes too. */
enum status cut_register(struct casefile *casefile);

#endif
