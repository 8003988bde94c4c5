/* SPDX-License-Identifier: Apache-2.0 */
/* Points by bands: read from a text, and given with the figure they rest on. */
#include "correlate/score.h"

#include <inttypes.h>
#include <string.h>

#include "base/money/decimal.h"

struct figure {
	const char *name;      /* in the file */
	const char *shown;
	enum score_axis axis;
	bool amount;
};

static const struct figure known[SCORE_FIGURES] = {
	[SCORE_SPEND] = { "spend", "spend", SCORE_HARM, true },
	[SCORE_LOSS] = { "loss", "loss", SCORE_HARM, true },
	[SCORE_VICTIMS] = { "victims", "victims", SCORE_HARM, false },
	[SCORE_LONG_CALLS] = { "long_calls", "long calls", SCORE_HARM, false },
	[SCORE_ORGANISATIONS] = { "organisations", "organisations", SCORE_HARM,
				  false },
	[SCORE_REPORTS] = { "reports", "reports", SCORE_HARM, false },
	[SCORE_PAYMENTS] = { "payments", "payments", SCORE_EVIDENCE, false },
	[SCORE_EMAILS] = { "emails", "e-mail addresses", SCORE_EVIDENCE, false },
	[SCORE_PHONES] = { "phones", "telephone numbers", SCORE_EVIDENCE, false },
	[SCORE_ADDRESSES] = { "addresses", "paying addresses", SCORE_EVIDENCE,
			      false },
	[SCORE_IPS] = { "ips", "IP addresses", SCORE_EVIDENCE, false },
	[SCORE_DEVICES] = { "devices", "devices", SCORE_EVIDENCE, false },
	[SCORE_ACCOUNTS] = { "accounts", "accounts", SCORE_EVIDENCE, false },
};

static const char *const axes[SCORE_AXES] = { "harm", "evidence" };

/* Where the reading stands. */
struct reading {
	struct score *score;
	const char *name;
	struct error *error;
	unsigned line;
};

static enum status refuse(const struct reading *reading, struct text word,
			  const char *reason)
{
	char name[300];
	char shown[100];

	return error_set(reading->error, STATUS_FAILED, "%s:%u: '%s': %s",
			 text_escape(text_of(reading->name), name, sizeof(name)),
			 reading->line, text_escape(word, shown, sizeof(shown)),
			 reason);
}

/* The next word of a line, without data at its end or at a comment. */
static struct text next_word(struct text *line)
{
	struct text word = { NULL, 0 };

	while (line->len && (line->data[0] == ' ' || line->data[0] == '\t')) {
		line->data++;
		line->len--;
	}
	if (line->len == 0 || line->data[0] == '#')
		return word;
	word.data = line->data;
	while (line->len && line->data[0] != ' ' && line->data[0] != '\t') {
		line->data++;
		line->len--;
		word.len++;
	}
	return word;
}

static enum status read_figure(const struct reading *reading, struct text axis,
			       struct text word, enum score_figure *figure)
{
	unsigned i = 0;

	if (!text_is(axis, axes[SCORE_HARM]) &&
	    !text_is(axis, axes[SCORE_EVIDENCE]))
		return refuse(reading, axis,
			      "no axis; there are harm and evidence");
	while (i < SCORE_FIGURES && !text_is(word, known[i].name))
		i++;
	if (i == SCORE_FIGURES)
		return refuse(reading, word,
			      "no figure; there are spend, victims, long_calls, "
			      "organisations, reports, loss, payments, emails, "
			      "phones, addresses, ips, devices, accounts");
	if (!text_is(axis, axes[known[i].axis]))
		return refuse(reading, word,
			      known[i].axis == SCORE_HARM
				      ? "a figure of harm, not of evidence"
				      : "a figure of evidence, not of harm");
	*figure = (enum score_figure)i;
	return STATUS_OK;
}

static enum status read_least(const struct reading *reading, struct text word,
			      enum score_figure figure, i128 *least)
{
	struct decimal value;
	const char *reason = decimal_parse(word.data, word.len, &value);
	bool rounded = false;

	if (!reason)
		reason = decimal_to_minor(
			&value,
			known[figure].amount ? reading->score->exponent : 0,
			least, &rounded);
	if (!reason && rounded)
		reason = "has more decimals than the figure";
	if (!reason && *least < 1)
		reason = "is not above zero";
	return reason ? refuse(reading, word, reason) : STATUS_OK;
}

static enum status keep(const struct reading *reading,
			const struct score_band *band, struct text least)
{
	struct score *score = reading->score;
	size_t i;

	for (i = 0; i < score->count; i++)
		if (score->bands[i].figure == band->figure &&
		    score->bands[i].least == band->least)
			return refuse(reading, least,
				      "the figure has such a band already");
	if (score->count == SCORE_BANDS_MOST)
		return refuse(reading, least, "more than 200 bands");
	score->bands[score->count++] = *band;
	for (i = 0; i < score->figure_count; i++)
		if (score->figures[i] == band->figure)
			return STATUS_OK;
	score->figures[score->figure_count++] = band->figure;
	return STATUS_OK;
}

static enum status read_line(const struct reading *reading, struct text line)
{
	struct text words[5];
	struct score_band band;
	uint64_t points;
	enum status status;

	for (unsigned i = 0; i < 5; i++)
		words[i] = next_word(&line);
	if (!words[0].data)
		return STATUS_OK;
	if (!words[3].data || words[4].data)
		return refuse(reading, words[0],
			      "a line has an axis, a figure, the least value and "
			      "the points");
	status = read_figure(reading, words[0], words[1], &band.figure);
	if (status == STATUS_OK)
		status = read_least(reading, words[2], band.figure, &band.least);
	if (status != STATUS_OK)
		return status;
	if (!text_to_u64(words[3], &points) || points > SCORE_POINTS_MOST)
		return refuse(reading, words[3], "no points from 0 to 1000");
	band.points = (uint32_t)points;
	return keep(reading, &band, words[2]);
}

/* Puts a band among those of its figure, which begin at start. */
static void insert(struct score_band *bands, size_t start, size_t end,
		   const struct score_band *band)
{
	for (; end > start && bands[end - 1].least > band->least; end--)
		bands[end] = bands[end - 1];
	bands[end] = *band;
}

/* Puts the bands into order, and says where those of a figure begin. */
static void arrange(struct score *score)
{
	struct score_band bands[SCORE_BANDS_MOST];
	size_t count = 0;

	for (size_t i = 0; i < score->figure_count; i++) {
		score->starts[i] = count;
		for (size_t b = 0; b < score->count; b++)
			if (score->bands[b].figure == score->figures[i])
				insert(bands, score->starts[i], count++,
				       &score->bands[b]);
	}
	score->starts[score->figure_count] = count;
	memcpy(score->bands, bands, count * sizeof(*bands));
}

enum status score_parse(struct score *score, const char *name, const char *text,
			const char *currency, unsigned exponent,
			struct error *error)
{
	struct reading reading = { score, name, error, 0 };
	enum status status = STATUS_OK;

	memset(score, 0, sizeof(*score));
	score->currency = currency;
	score->exponent = exponent;
	while (*text && status == STATUS_OK) {
		struct text line = { text, strcspn(text, "\n") };

		text += line.len;
		text += *text == '\n';
		if (line.len && line.data[line.len - 1] == '\r')
			line.len--;
		reading.line++;
		status = read_line(&reading, line);
	}
	if (status == STATUS_OK && score->count == 0)
		return refuse(&reading, text_of(""), "has no band");
	if (status == STATUS_OK)
		arrange(score);
	return status;
}

struct score_name score_name(enum score_figure figure)
{
	const struct score_name name = { axes[known[figure].axis],
					 known[figure].name,
					 known[figure].shown };

	return name;
}

/* The points of the highest band that figure i reaches; 0: of none. */
static uint32_t points_of(const struct score *score, size_t i, i128 value)
{
	uint32_t points = 0;

	for (size_t b = score->starts[i];
	     b < score->starts[i + 1] && value >= score->bands[b].least; b++)
		points = score->bands[b].points;
	return points;
}

/* Once a figure of each suspect: no general formatting. */
static void add_word(struct buf *out, const char *before, const char *word,
		     const char *after)
{
	buf_text(out, before);
	buf_text(out, word);
	buf_text(out, after);
}

static void add_value(const struct score *score, enum score_figure figure,
		      i128 value, struct buf *out)
{
	char text[DECIMAL_TEXT];
	const unsigned exponent = known[figure].amount ? score->exponent : 0;

	buf_add(out, text, decimal_format(value, exponent, text, sizeof(text)));
	if (known[figure].amount)
		add_word(out, " ", score->currency, "");
}

static void add_points(struct buf *out, uint64_t points)
{
	char text[DECIMAL_TEXT];

	text[0] = ' ';
	buf_add(out, text, 1 + decimal_format((int64_t)points, 0, text + 1,
					      sizeof(text) - 1));
}

static uint64_t sum_axis(const struct score *score, enum score_axis axis,
			 const i128 *figures)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < score->figure_count; i++)
		if (known[score->figures[i]].axis == axis)
			sum += points_of(score, i, figures[score->figures[i]]);
	return sum;
}

static uint64_t add_axis(const struct score *score, enum score_axis axis,
			 const i128 *figures, struct buf *why)
{
	const uint64_t sum = sum_axis(score, axis, figures);
	const char *between = ": ";

	buf_text(why, axes[axis]);
	add_points(why, sum);
	for (size_t i = 0; i < score->figure_count; i++) {
		const enum score_figure figure = score->figures[i];
		const uint32_t points = points_of(score, i, figures[figure]);

		if (known[figure].axis != axis || !points)
			continue;
		add_word(why, between, known[figure].shown, " ");
		add_value(score, figure, figures[figure], why);
		add_points(why, points);
		between = ", ";
	}
	return sum;
}

uint64_t score_sum(const struct score *score, const i128 *figures,
		   struct buf *why)
{
	uint64_t harm;

	buf_clear(why);
	harm = add_axis(score, SCORE_HARM, figures, why);
	buf_text(why, "; ");
	(void)add_axis(score, SCORE_EVIDENCE, figures, why);
	return harm;
}
