# SPDX-License-Identifier: Apache-2.0
# Money: an independent model of conversions, shares, refunds and windows.
check_PROGRAMS += tests/money/model
tests_money_model_CPPFLAGS = -D_POSIX_C_SOURCE=200809L -I$(srcdir)/tests/money -I$(srcdir)/tests/unit
tests_money_model_CFLAGS = -O2 $(AM_CFLAGS)
tests_money_model_SOURCES = \
	tests/unit/chance.h \
	tests/money/big.c tests/money/big.h \
	tests/money/draw.c tests/money/draw_calls.c \
	tests/money/dump.c \
	tests/money/expect.c tests/money/expect_rows.c \
	tests/money/model.c tests/money/model.h \
	tests/money/share.c \
	tests/money/value.c
tests_money_model_LDADD =

TESTS += tests/money/money.sh
EXTRA_DIST += tests/money/money.sh tests/money/compare.awk
