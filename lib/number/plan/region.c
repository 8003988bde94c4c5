/* SPDX-License-Identifier: Apache-2.0 */
/* Regions as people give them. */
#include "number/plan/region.h"

#include <stdio.h>
#include <string.h>

#include "number/plan/numplan_tables.h"

/* What is written where ISO 3166's two letters are meant. */
static const struct {
	const char *name;
	const char *region;
} others[] = {
	{ "UK", "GB" },
	{ "GBR", "GB" }, { "United Kingdom", "GB" }, { "Great Britain", "GB" },
	{ "USA", "US" }, { "United States", "US" }, { "United States of America", "US" },
};

/* Others that are meant as often, for "did you mean" alone. */
static const struct {
	const char *name;
	const char *region;
} meant[] = {
	{ "England", "GB" }, { "Scotland", "GB" }, { "Wales", "GB" }, { "EN", "GB" }, { "ENG", "GB" },
	{ "America", "US" }, { "Germany", "DE" }, { "Deutschland", "DE" }, { "GER", "DE" }, { "DEU", "DE" },
	{ "Ireland", "IE" }, { "IRL", "IE" }, { "EIRE", "IE" }, { "France", "FR" }, { "FRA", "FR" },
	{ "Spain", "ES" }, { "ESP", "ES" }, { "Italy", "IT" }, { "ITA", "IT" }, { "Netherlands", "NL" },
	{ "NLD", "NL" }, { "Holland", "NL" }, { "Belgium", "BE" }, { "BEL", "BE" }, { "Poland", "PL" },
	{ "POL", "PL" }, { "Sweden", "SE" }, { "SWE", "SE" }, { "Denmark", "DK" }, { "DNK", "DK" },
	{ "Norway", "NO" }, { "NOR", "NO" }, { "Finland", "FI" }, { "FIN", "FI" }, { "Austria", "AT" },
	{ "AUT", "AT" }, { "Switzerland", "CH" }, { "CHE", "CH" }, { "Portugal", "PT" }, { "PRT", "PT" },
	{ "Australia", "AU" }, { "AUS", "AU" }, { "Canada", "CA" }, { "CAN", "CA" }, { "India", "IN" },
	{ "IND", "IN" }, { "Turkey", "TR" }, { "TUR", "TR" }, { "Nigeria", "NG" }, { "NGA", "NG" },
	{ "Pakistan", "PK" }, { "PAK", "PK" }, { "Romania", "RO" }, { "ROU", "RO" }, { "Ukraine", "UA" },
	{ "UKR", "UA" },
};

static bool is_region(const char *region)
{
	return region[0] && region[1] && !region[2];
}

static const char *by_letters(struct text name)
{
	for (unsigned i = 0; i < numplan_record_count; i++)
		if (is_region(numplan_records[i].region) && text_is_fold(name, numplan_records[i].region))
			return numplan_records[i].region;
	return NULL;
}

bool region_renamed(struct text given)
{
	return text_is_fold(text_trim(given), others[0].name);
}

const char *region_given(struct text given)
{
	given = text_trim(given);
	return region_renamed(given) ? others[0].region : by_letters(given);
}

const char *region_written(struct text written)
{
	written = text_trim(written);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (text_is_fold(written, others[i].name))
			return others[i].region;
	return by_letters(written);
}

void region_near(struct text given, struct nearest *nearest)
{
	const char *written = region_written(given);

	nearest_begin(nearest, text_trim(given));
	if (written)
		nearest_take(nearest, written);
	for (size_t i = 0; i < sizeof(meant) / sizeof(meant[0]); i++)
		if (text_is_fold(nearest->wanted, meant[i].name))
			nearest_take(nearest, meant[i].region);
	for (unsigned i = 0; i < numplan_record_count; i++)
		if (is_region(numplan_records[i].region))
			nearest_offer(nearest, numplan_records[i].region);
}

const char *region_problem(struct text given, char out[REGION_PROBLEM])
{
	struct nearest nearest;
	char said[NEAREST_SAID];

	region_near(given, &nearest);
	nearest_say(&nearest, said);
	(void)snprintf(out, REGION_PROBLEM, "is no region of the numbering plan%s%s", *said ? "; " : "",
		       *said ? said : ": give two letters of ISO 3166, as GB");
	return out;
}
