# SPDX-License-Identifier: Apache-2.0
bin_PROGRAMS += unspoof

unspoof_SOURCES = \
	cmd/command.c cmd/command.h \
	cmd/correlate.c \
	cmd/export.c \
	cmd/ingest.c \
	cmd/main.c \
	cmd/normalise.c \
	cmd/number.c \
	cmd/options.c \
	cmd/output.c cmd/output.h \
	cmd/partial.c cmd/partial.h \
	cmd/query.c \
	cmd/run.c \
	cmd/show.c \
	cmd/sniff.c \
	cmd/sources.c cmd/sources.h \
	cmd/summary.c \
	cmd/terminal.c cmd/terminal.h \
	cmd/verify.c
unspoof_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)
unspoof_LDADD = $(LIBRARIES_USED)
