# SPDX-License-Identifier: Apache-2.0
noinst_LIBRARIES += libunspoof.a

libunspoof_a_SOURCES =
nodist_libunspoof_a_SOURCES =

include lib/base/local.mk
include lib/number/local.mk
include lib/output/local.mk
include lib/casefile/local.mk
include lib/ingest/local.mk
include lib/normalise/local.mk
include lib/correlate/local.mk
include lib/export/local.mk

EXTRA_DIST += build-aux/embed.awk
