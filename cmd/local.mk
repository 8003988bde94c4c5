# SPDX-License-Identifier: Apache-2.0
bin_PROGRAMS += unspoof

unspoof_SOURCES = \
	cmd/common/anew.h \
	cmd/common/command.c cmd/common/command.h \
	cmd/common/dumps.c cmd/common/dumps.h \
	cmd/common/kept.c cmd/common/kept.h \
	cmd/common/options.c cmd/common/options.h \
	cmd/common/output.c cmd/common/output.h \
	cmd/common/processor.c \
	cmd/common/region_option.c cmd/common/region_option.h \
	cmd/common/remake.c cmd/common/remake.h \
	cmd/common/sources.c cmd/common/sources.h \
	cmd/common/steps.c cmd/common/steps.h \
	cmd/common/terminal.c cmd/common/terminal.h \
	cmd/common/text_file.c cmd/common/text_file.h \
	cmd/custody/citation.c cmd/custody/citation.h \
	cmd/custody/custody.c cmd/custody/custody.h \
	cmd/custody/expected.c cmd/custody/expected.h \
	cmd/custody/login.c cmd/custody/login.h \
	cmd/custody/manifest.c cmd/custody/manifest.h \
	cmd/sniffing/list.c cmd/sniffing/list.h \
	cmd/sniffing/print.c cmd/sniffing/print.h \
	cmd/compact.c \
	cmd/correlate.c \
	cmd/correlate_record.c cmd/correlate_record.h \
	cmd/drop.c \
	cmd/export.c \
	cmd/ingest.c \
	cmd/ingest_record.c cmd/ingest_record.h \
	cmd/log.c \
	cmd/main.c \
	cmd/match.c \
	cmd/normalise.c \
	cmd/number.c \
	cmd/query.c \
	cmd/redo.c \
	cmd/rows.c \
	cmd/run.c \
	cmd/show.c \
	cmd/sniff.c \
	cmd/summary.c \
	cmd/trace.c \
	cmd/verify.c \
	cmd/why.c
unspoof_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)
unspoof_LDADD = $(LIBRARIES_USED)
