# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/ingest/delimited/cut.c \
	lib/ingest/delimited/cut.h \
	lib/ingest/delimited/cut_avx2.c \
	lib/ingest/delimited/cut_avx512.c \
	lib/ingest/delimited/cut_by.h \
	lib/ingest/delimited/cut_sse2.c \
	lib/ingest/delimited/dialect.c \
	lib/ingest/delimited/dialect.h \
	lib/ingest/delimited/dialect_head.c \
	lib/ingest/delimited/dialect_head.h \
	lib/ingest/delimited/dialect_manner.c \
	lib/ingest/delimited/dialect_manner.h \
	lib/ingest/delimited/foot.c \
	lib/ingest/delimited/foot.h \
	lib/ingest/delimited/reader.c \
	lib/ingest/delimited/reader.h \
	lib/ingest/delimited/reader_feed.c \
	lib/ingest/delimited/reader_feed.h \
	lib/ingest/delimited/reader_manner.c \
	lib/ingest/delimited/reader_manner.h \
	lib/ingest/delimited/reader_window.c \
	lib/ingest/delimited/reader_window.h \
	lib/ingest/delimited/records.c \
	lib/ingest/delimited/records.h \
	lib/ingest/format/delimited.c \
	lib/ingest/format/dialect_given.c \
	lib/ingest/format/dialect_given.h \
	lib/ingest/format/dialect_notes.c \
	lib/ingest/format/dialect_notes.h \
	lib/ingest/format/foreign.c \
	lib/ingest/format/foreign.h \
	lib/ingest/format/foreign_sql.c \
	lib/ingest/format/format.h \
	lib/ingest/format/formats.c \
	lib/ingest/format/record.h \
	lib/ingest/format/stream.c \
	lib/ingest/format/stream.h \
	lib/ingest/ingest.c \
	lib/ingest/ingest.h \
	lib/ingest/gather/gather.c \
	lib/ingest/gather/gather.h \
	lib/ingest/gather/gather_end.c \
	lib/ingest/gather/gather_keep.c \
	lib/ingest/gather/gather_plan.c \
	lib/ingest/gather/gather_replace.c \
	lib/ingest/gather/gather_resume.c \
	lib/ingest/gather/gather_room.h \
	lib/ingest/load/load.c \
	lib/ingest/load/load.h \
	lib/ingest/load/load_keep.c \
	lib/ingest/load/load_keep.h \
	lib/ingest/load/load_known.c \
	lib/ingest/load/load_known.h \
	lib/ingest/load/load_dialect.c \
	lib/ingest/load/load_dialect.h \
	lib/ingest/load/load_no_calls.c \
	lib/ingest/load/load_no_calls.h \
	lib/ingest/load/load_remarks.c \
	lib/ingest/load/load_remarks.h \
	lib/ingest/load/load_rows.c \
	lib/ingest/load/load_rows.h \
	lib/ingest/load/load_source.c \
	lib/ingest/load/load_source.h \
	lib/ingest/load/load_streams.c \
	lib/ingest/load/load_streams.h \
	lib/ingest/guess.c \
	lib/ingest/guess.h \
	lib/ingest/look.c \
	lib/ingest/look.h \
	lib/ingest/parse/batch.c \
	lib/ingest/parse/batch.h \
	lib/ingest/parse/batch_queue.c \
	lib/ingest/parse/batch_queue.h \
	lib/ingest/parse/blocks.c \
	lib/ingest/parse/blocks.h \
	lib/ingest/parse/next.c \
	lib/ingest/parse/next.h \
	lib/ingest/parse/parse.c \
	lib/ingest/parse/parse.h \
	lib/ingest/parse/resync.c \
	lib/ingest/parse/resync.h \
	lib/ingest/parse/row_sink.c \
	lib/ingest/parse/row_sink.h \
	lib/ingest/parse/segment_fill.c \
	lib/ingest/parse/segment_fill.h \
	lib/ingest/parse/segment_pool.c \
	lib/ingest/parse/segment_pool.h \
	lib/ingest/parse/shared.c \
	lib/ingest/parse/shared.h \
	lib/ingest/parse/sinks.c \
	lib/ingest/parse/sinks.h \
	lib/ingest/plan/bid.c \
	lib/ingest/plan/bid.h \
	lib/ingest/plan/check.c \
	lib/ingest/plan/check.h \
	lib/ingest/plan/given_names.c \
	lib/ingest/plan/given_names.h \
	lib/ingest/plan/given_words.c \
	lib/ingest/plan/given_words.h \
	lib/ingest/plan/limits.c \
	lib/ingest/plan/limits.h \
	lib/ingest/plan/mapping.c \
	lib/ingest/plan/mapping.h \
	lib/ingest/plan/mapping_apply.c \
	lib/ingest/plan/pattern.c \
	lib/ingest/plan/pattern.h \
	lib/ingest/plan/plan.c \
	lib/ingest/plan/plan.h \
	lib/ingest/plan/plan_reads.c \
	lib/ingest/plan/profile.c \
	lib/ingest/plan/profile.h \
	lib/ingest/plan/profile_line.c \
	lib/ingest/plan/profile_line.h \
	lib/ingest/plan/profile_parse.c \
	lib/ingest/plan/sample.c \
	lib/ingest/plan/sample.h \
	lib/ingest/reread/draw.c \
	lib/ingest/reread/draw.h \
	lib/ingest/reread/judge.c \
	lib/ingest/reread/judge.h \
	lib/ingest/reread/plainly.c \
	lib/ingest/reread/plainly.h \
	lib/ingest/reread/plainly_field.c \
	lib/ingest/reread/plainly_room.h \
	lib/ingest/reread/recipe.c \
	lib/ingest/reread/recipe.h \
	lib/ingest/reread/reread.c \
	lib/ingest/reread/reread.h \
	lib/ingest/reread/reread_compare.c \
	lib/ingest/reread/reread_compare.h \
	lib/ingest/reread/reread_member.c \
	lib/ingest/reread/reread_member.h \
	lib/ingest/reread/reread_rejects.c \
	lib/ingest/reread/reread_rejects.h \
	lib/ingest/reread/reread_shared.c \
	lib/ingest/reread/reread_shared.h \
	lib/ingest/reread/reread_sources.c \
	lib/ingest/reread/reread_sources.h \
	lib/ingest/source/dump.c \
	lib/ingest/source/dump.h \
	lib/ingest/source/dump_open.c \
	lib/ingest/source/dump_room.h \
	lib/ingest/source/seized.c \
	lib/ingest/source/seized.h \
	lib/ingest/source/walk.c \
	lib/ingest/source/walk.h \
	lib/ingest/sniff.c \
	lib/ingest/tell.c \
	lib/ingest/tell.h

nodist_libunspoof_a_SOURCES += lib/ingest/plan/profiles_builtin.c
profiles = \
	profiles/asterisk-cdr-csv.profile \
	profiles/canonical.profile
profiledir = $(pkgdatadir)/profiles
dist_profile_DATA = $(profiles)
CLEANFILES += lib/ingest/plan/profiles_builtin.c

lib/ingest/plan/profiles_builtin.c: $(profiles) build-aux/embed.awk
	$(AM_V_GEN)$(MKDIR_P) lib/ingest/plan && cd $(srcdir) && \
	LC_ALL=C $(AWK) -v header=ingest/plan/profile.h -v table=profiles_builtin \
	-f build-aux/embed.awk $(profiles) >$(abs_builddir)/$@.tmp && \
	mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@
