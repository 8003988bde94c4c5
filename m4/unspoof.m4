# SPDX-License-Identifier: Apache-2.0

# UNSPOOF_LIBRARY(PREFIX, MODULE, DEBIAN-PACKAGE)
AC_DEFUN([UNSPOOF_LIBRARY],
  [PKG_CHECK_MODULES([$1], [$2], [],
    [AC_MSG_ERROR([$2 is missing: apt-get install $3])])])

# The compiler's warnings, in AM_CFLAGS; CFLAGS stay the user's.
AC_DEFUN([UNSPOOF_WARNINGS],
  [AC_ARG_ENABLE([werror],
     [AS_HELP_STRING([--enable-werror], [make warnings errors])])
   warnings="-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
-Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef \
-Wformat=2 -Wvla"
   AS_IF([test "x$enable_werror" = xyes], [warnings="$warnings -Werror"])
   AC_SUBST([WARNING_CFLAGS], ["-std=c11 $warnings"])])

AC_DEFUN([UNSPOOF_SANITIZERS],
  [AC_ARG_ENABLE([asan],
     [AS_HELP_STRING([--enable-asan], [build with the address sanitizer])])
   AC_ARG_ENABLE([ubsan],
     [AS_HELP_STRING([--enable-ubsan], [build with the undefined-behaviour sanitizer])])
   AC_ARG_ENABLE([tsan],
     [AS_HELP_STRING([--enable-tsan], [build with the thread sanitizer])])
   AS_IF([test "x$enable_tsan" = xyes && test "x$enable_asan" = xyes],
     [AC_MSG_ERROR([--enable-tsan goes with no --enable-asan])])
   sanitizers=
   AS_IF([test "x$enable_asan" = xyes],
     [sanitizers="-fsanitize=address -fno-omit-frame-pointer"])
   AS_IF([test "x$enable_ubsan" = xyes],
     [sanitizers="$sanitizers -fsanitize=undefined -fno-sanitize-recover=undefined"])
   AS_IF([test "x$enable_tsan" = xyes],
     [sanitizers="$sanitizers -fsanitize=thread -fno-omit-frame-pointer"])
   dnl What one thread at a time may use notes whose it is: lib/base/thread/owner.h.
   sanitizer_defines=
   AS_IF([test "x$sanitizers" != x], [sanitizer_defines=-DUNSPOOF_OWNERS])
   AC_SUBST([SANITIZER_CPPFLAGS], ["$sanitizer_defines"])
   AC_SUBST([SANITIZER_CFLAGS], ["$sanitizers"])])

# Fuzz targets: coverage for libFuzzer in all of the code, its engine in the targets.
AC_DEFUN([UNSPOOF_FUZZING],
  [AC_ARG_ENABLE([fuzzing],
     [AS_HELP_STRING([--enable-fuzzing], [build the fuzz targets with libFuzzer (needs CC=clang)])])
   AM_CONDITIONAL([FUZZING], [test "x$enable_fuzzing" = xyes])
   fuzzing=
   AS_IF([test "x$enable_fuzzing" = xyes],
     [fuzzing=-fsanitize=fuzzer-no-link
      unspoof_cflags=$CFLAGS
      CFLAGS="$CFLAGS $fuzzing"
      AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [],
        [AC_MSG_ERROR([this compiler has no libFuzzer: use CC=clang])])
      CFLAGS=$unspoof_cflags])
   AC_SUBST([FUZZING_CFLAGS], ["$fuzzing"])])
