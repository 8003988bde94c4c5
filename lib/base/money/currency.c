/* SPDX-License-Identifier: Apache-2.0 */
/* Currencies by the names that stand in dumps. */
#include "base/money/currency.h"

#include <stdio.h>
#include <string.h>

#include "base/money/money.h"

#define CODE_MOST 15

/* Other names and units, folded to capitals; what no capital of ASCII is stays. The X and Z names are those of Kraken's
 * assets (Kraken API, Asset Info). */
static const struct {
	const char *written;
	const char *name;
	const char *code;
	unsigned shift;
} others[] = {
	{ "SAT", "SAT", "BTC", 8 },      { "SATS", "SAT", "BTC", 8 },      { "SATOSHI", "SAT", "BTC", 8 },
	{ "SATOSHIS", "SAT", "BTC", 8 }, { "MBTC", "mBTC", "BTC", 3 },     { "MXBT", "mBTC", "BTC", 3 },
	{ "UBTC", "uBTC", "BTC", 6 },    { "UXBT", "uBTC", "BTC", 6 },
	{ "\xc2\xb5" "BTC", "uBTC", "BTC", 6 }, { "\xce\xbc" "BTC", "uBTC", "BTC", 6 },
	{ "XBT", "BTC", "BTC", 0 },      { "XXBT", "BTC", "BTC", 0 },      { "XETH", "ETH", "ETH", 0 },
	{ "XLTC", "LTC", "LTC", 0 },     { "XXMR", "XMR", "XMR", 0 },      { "XDG", "DOGE", "DOGE", 0 },
	{ "XXDG", "DOGE", "DOGE", 0 },   { "ZGBP", "GBP", "GBP", 0 },      { "ZEUR", "EUR", "EUR", 0 },
	{ "ZUSD", "USD", "USD", 0 },     { "ZCAD", "CAD", "CAD", 0 },      { "ZJPY", "JPY", "JPY", 0 },
	{ "ZAUD", "AUD", "AUD", 0 },     { "ZCHF", "CHF", "CHF", 0 },      { "ZKRW", "KRW", "KRW", 0 },
};

/* Signs and words, for "did you mean" alone. */
static const struct {
	const char *written;
	const char *code;
} meant[] = {
	{ "POUND", "GBP" },  { "POUNDS", "GBP" }, { "STERLING", "GBP" }, { "\xc2\xa3", "GBP" },    { "UKP", "GBP" },
	{ "EURO", "EUR" },   { "EUROS", "EUR" },  { "\xe2\x82\xac", "EUR" }, { "$", "USD" },       { "DOLLAR", "USD" },
	{ "DOLLARS", "USD" }, { "BITCOIN", "BTC" }, { "BITCOINS", "BTC" }, { "ETHER", "ETH" },     { "RMB", "CNY" },
	{ "ETHEREUM", "ETH" }, { "MONERO", "XMR" }, { "LITECOIN", "LTC" }, { "TETHER", "USDT" },
};

/* Into capitals; false: too long for any name. */
static bool fold(struct text name, char key[CODE_MOST + 1])
{
	name = text_trim(name);
	if (name.len == 0 || name.len > CODE_MOST)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		const char c = name.data[i];

		key[i] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
	}
	key[name.len] = '\0';
	return true;
}

static bool set(struct currency *out, const char *code, const char *name, unsigned shift)
{
	*out = (struct currency){ code, name, (unsigned)currency_exponent(code, strlen(code)), shift };
	return true;
}

bool currency_find(struct text name, struct currency *out)
{
	char key[CODE_MOST + 1];
	const char *code;

	if (!fold(name, key))
		return false;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (text_is(text_of(key), others[i].written))
			return set(out, others[i].code, others[i].name, others[i].shift);
	code = currency_code(key, strlen(key));
	return code && set(out, code, code, 0);
}

const char *currency_minor(const struct currency *currency, const struct decimal *amount, i128 *out, bool *rounded)
{
	struct decimal value = *amount;

	value.scale += currency->shift;
	return decimal_to_minor(&value, currency->exponent, out, rounded);
}

static void near(struct text name, struct nearest *nearest)
{
	char key[CODE_MOST + 1];

	nearest_begin(nearest, text_trim(name));
	for (size_t i = 0; fold(name, key) && i < sizeof(meant) / sizeof(meant[0]); i++)
		if (text_is(text_of(key), meant[i].written))
			nearest_take(nearest, meant[i].code);
	for (size_t i = 0; currency_code_at(i); i++)
		nearest_offer(nearest, currency_code_at(i));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i].shift)
			nearest_offer_part(nearest, others[i].name, others[i].written);
}

const char *currency_problem(struct text name, char out[CURRENCY_PROBLEM])
{
	struct nearest nearest;
	char said[NEAREST_SAID];

	near(name, &nearest);
	nearest_say(&nearest, said);
	(void)snprintf(out, CURRENCY_PROBLEM, "is no currency known here; %s",
		       *said ? said : "give a code of ISO 4217, as GBP, or a coin, as BTC");
	return out;
}
