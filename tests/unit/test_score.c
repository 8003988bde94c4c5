/* SPDX-License-Identifier: Apache-2.0 */
/* Bands of points: what is refused, and sums with the lines that say so. */
#include "correlate/score.h"

#include "tap.h"

static struct tap tap;

static void refused(const char *text, const char *expected)
{
	struct score score;
	struct error error = { 0 };

	OK(&tap, score_parse(&score, "bands", text, "GBP", 2, &error) == STATUS_FAILED && strstr(error.text, expected),
	   "%s", error.text);
}

static void test_score(void)
{
	struct score score;
	struct error error = { 0 };
	struct buf text = { 0 };
	i128 figures[SCORE_FIGURES] = { [SCORE_SPEND] = 164184, [SCORE_VICTIMS] = 12, [SCORE_IPS] = 3 };

	refused("", "bands:0: '': has no band");
	refused("# nothing\n\n  # here\n", "has no band");
	refused("harm spend 1\n", "bands:1: 'harm': a line has an axis");
	refused("harm spend 1 2 3", "a line has an axis");
	refused("\ngood spend 1 2", "bands:2: 'good': no axis; there are harm and evidence");
	refused("harm luck 1 2", "'luck': no figure; there are spend, victims");
	refused("evidence spend 1 2", "'spend': a figure of harm, not of evidence");
	refused("harm ips 1 2", "'ips': a figure of evidence, not of harm");
	refused("harm spend 0 2", "'0': is not above zero");
	refused("harm spend 1.001 2", "'1.001': has more decimals than the figure");
	refused("harm victims 1.5 2", "'1.5': has more decimals than the figure");
	refused("harm victims x\033 2", "'x\\x1b': ");
	refused("harm victims 1 -2", "'-2': no points from 0 to 1000");
	refused("harm victims 1 1001", "no points");
	refused("harm victims 1 2\r\nharm victims 1 3\r\n", "bands:2: '1': the figure has such a band already");
	OK(&tap, score_parse(&score, "built in", score_builtin, "GBP", 2, &error) == STATUS_OK &&
			 score.figure_count == SCORE_FIGURES, "the bands that are built in");
	OK(&tap, score_parse(&score, "b", "harm spend 1000.00 20\nharm victims 10 15\nharm\tspend 100 10 # or\n"
					  "harm loss 1 5\nevidence ips 3 6\nevidence emails 1 1\nevidence phones 1 0",
			     "GBP", 2, &error) == STATUS_OK, "bands");
	OK(&tap, score_sum(&score, figures, &text) == 35 &&
			 tap_same(text.data, "harm 35: spend 1641.84 GBP 20, victims 12 15; evidence 6: IP addresses 3 6"),
	   "%s", text.data);
	figures[SCORE_SPEND] = 9999;
	figures[SCORE_IPS] = 2;
	figures[SCORE_PHONES] = 1;
	OK(&tap, score_sum(&score, figures, &text) == 15 && tap_same(text.data, "harm 15: victims 12 15; evidence 0"), "%s",
	   text.data);
	buf_release(&text);
}

int main(void)
{
	test_score();
	return tap_done(&tap);
}
