# SPDX-License-Identifier: Apache-2.0
bin_PROGRAMS += unspoof

unspoof_SOURCES = \
	cmd/common/command.c cmd/common/command.h \
	cmd/common/custody.c cmd/common/custody.h \
	cmd/common/kept.c cmd/common/kept.h \
	cmd/common/login.c cmd/common/login.h \
	cmd/common/options.c cmd/common/options.h \
	cmd/common/output.c cmd/common/output.h \
	cmd/common/processor.c \
	cmd/common/sources.c cmd/common/sources.h \
	cmd/common/steps.c cmd/common/steps.h \
	cmd/common/terminal.c cmd/common/terminal.h \
	cmd/correlate.c \
	cmd/drop.c \
	cmd/export.c \
	cmd/ingest.c \
	cmd/log.c \
	cmd/main.c \
	cmd/normalise.c \
	cmd/number.c \
	cmd/query.c \
	cmd/redo.c \
	cmd/run.c \
	cmd/show.c \
	cmd/sniff.c \
	cmd/summary.c \
	cmd/verify.c
unspoof_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)
unspoof_LDADD = $(LIBRARIES_USED)
