# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/base/digest/checksum.c \
	lib/base/digest/checksum.h \
	lib/base/digest/digest.c \
	lib/base/digest/digest.h \
	lib/base/digest/hasher.c \
	lib/base/digest/hasher.h \
	lib/base/digest/mix.h \
	lib/base/digest/trail.c \
	lib/base/digest/trail.h \
	lib/base/absent.c \
	lib/base/absent.h \
	lib/base/cpu.c \
	lib/base/cpu.h \
	lib/base/json.c \
	lib/base/json.h \
	lib/base/memory.c \
	lib/base/memory.h \
	lib/base/partial.c \
	lib/base/partial.h \
	lib/base/money/address.c \
	lib/base/money/address.h \
	lib/base/money/amount_text.c \
	lib/base/money/amount_text.h \
	lib/base/money/apportion.c \
	lib/base/money/apportion.h \
	lib/base/money/decimal.c \
	lib/base/money/decimal.h \
	lib/base/money/currency.c \
	lib/base/money/currency.h \
	lib/base/money/money.c \
	lib/base/money/money.h \
	lib/base/net/ip_range.c \
	lib/base/net/ip_range.h \
	lib/base/nearest.c \
	lib/base/nearest.h \
	lib/base/observer.c \
	lib/base/observer.h \
	lib/base/scan.c \
	lib/base/scan.h \
	lib/base/sort/merge.c \
	lib/base/sort/merge.h \
	lib/base/sort/parts.c \
	lib/base/sort/parts.h \
	lib/base/sort/radix.c \
	lib/base/sort/radix.h \
	lib/base/sort/record_order.c \
	lib/base/sort/record_order.h \
	lib/base/sort/sorter.c \
	lib/base/sort/sorter.h \
	lib/base/sort/spill.c \
	lib/base/sort/spill.h \
	lib/base/status.c \
	lib/base/status.h \
	lib/base/table/dictionary.c \
	lib/base/table/dictionary.h \
	lib/base/table/hash_index.c \
	lib/base/table/hash_index.h \
	lib/base/table/number_set.c \
	lib/base/table/number_set.h \
	lib/base/table/secret.c \
	lib/base/table/secret.h \
	lib/base/table/text_lists.c \
	lib/base/table/text_lists.h \
	lib/base/text.c \
	lib/base/text.h \
	lib/base/thread/owner.c \
	lib/base/thread/owner.h \
	lib/base/thread/pipeline.c \
	lib/base/thread/pipeline.h \
	lib/base/thread/ring.c \
	lib/base/thread/ring.h \
	lib/base/thread/thread.c \
	lib/base/thread/thread.h \
	lib/base/time/calendar.c \
	lib/base/time/calendar.h \
	lib/base/time/clock.c \
	lib/base/time/clock.h \
	lib/base/time/duration.c \
	lib/base/time/duration.h \
	lib/base/time/moment.c \
	lib/base/time/moment.h \
	lib/base/time/moment_clock.c \
	lib/base/time/moment_date.c \
	lib/base/time/moment_name.c \
	lib/base/time/moment_read.h \
	lib/base/time/tzif.c \
	lib/base/time/tzif.h \
	lib/base/time/tzrule.c \
	lib/base/time/tzrule.h \
	lib/base/time/zone.c \
	lib/base/time/zone.h \
	lib/base/time/zone_name.c \
	lib/base/time/zone_name.h \
	lib/base/time/zone_word.c \
	lib/base/time/zone_word.h \
	lib/base/utf8.c \
	lib/base/utf8.h \
	lib/base/wide.c \
	lib/base/wide.h \
	lib/base/word.h

nodist_libunspoof_a_SOURCES += lib/base/absent_builtin.c
dist_pkgdata_DATA += data/absent.txt
CLEANFILES += lib/base/absent_builtin.c

lib/base/absent_builtin.c: data/absent.txt build-aux/embed.awk
	$(AM_V_GEN)$(MKDIR_P) lib/base && cd $(srcdir) && \
	LC_ALL=C $(AWK) -v header=base/absent.h -v text=absent_builtin \
	-f build-aux/embed.awk data/absent.txt >$(abs_builddir)/$@.tmp && \
	mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@
