# SPDX-License-Identifier: Apache-2.0

# UNSPOOF_ACCEPTS(FLAG, VARIABLE): adds FLAG to VARIABLE where programs can be made with it,
# beside what the user has set, and without a warning.
AC_DEFUN([UNSPOOF_ACCEPTS],
  [AC_MSG_CHECKING([for $1])
   unspoof_cflags=$CFLAGS
   CFLAGS="-Werror $[]$2 $1 $CFLAGS"
   AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
     [AC_MSG_RESULT([yes])
      $2="$[]$2 $1"],
     [AC_MSG_RESULT([no])])
   CFLAGS=$unspoof_cflags])

# UNSPOOF_FORTIFIES(LEVEL, [IF-SO], [IF-NOT]): whether the C library checks at LEVEL when it is asked to.
AC_DEFUN([UNSPOOF_FORTIFIES],
  [unspoof_cppflags=$CPPFLAGS
   CPPFLAGS="$CPPFLAGS -D_FORTIFY_SOURCE=$1"
   AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#include <stdio.h>
#if __USE_FORTIFY_LEVEL < $1
#error It does not.
#endif
]], [])], [$2], [$3])
   CPPFLAGS=$unspoof_cppflags])

# A level that the user or the distribution has set stays; without optimisation there is none.
AC_DEFUN([UNSPOOF_FORTIFY],
  [AC_MSG_CHECKING([for _FORTIFY_SOURCE])
   AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#if defined _FORTIFY_SOURCE || !defined __OPTIMIZE__
#error Nothing to add.
#endif
]], [])],
     [UNSPOOF_FORTIFIES([3], [fortify=3], [UNSPOOF_FORTIFIES([2], [fortify=2], [fortify=no])])],
     [fortify=as-it-is])
   AC_MSG_RESULT([$fortify])
   AS_CASE([$fortify], [2|3], [hardening_cppflags="-D_FORTIFY_SOURCE=$fortify"])])

# What makes a mistake of memory end the program instead of serving whoever made the evidence;
# tests/cli/hardened.sh looks for it in the program.
AC_DEFUN([UNSPOOF_HARDENING],
  [AC_ARG_ENABLE([hardening],
     [AS_HELP_STRING([--disable-hardening],
       [leave out what guards the program against mistakes of memory])])
   hardening_cppflags= hardening_cflags= hardening_ldflags=
   AS_IF([test "x$enable_hardening" != xno],
     [UNSPOOF_ACCEPTS([-fstack-protector-strong], [hardening_cflags])
      UNSPOOF_ACCEPTS([-fstack-clash-protection], [hardening_cflags])
      UNSPOOF_ACCEPTS([-fcf-protection], [hardening_cflags])
      UNSPOOF_ACCEPTS([-mbranch-protection=standard], [hardening_cflags])
      UNSPOOF_ACCEPTS([-fPIE], [hardening_cflags])
      UNSPOOF_ACCEPTS([-pie], [hardening_ldflags])
      UNSPOOF_ACCEPTS([-Wl,-z,relro], [hardening_ldflags])
      UNSPOOF_ACCEPTS([-Wl,-z,now], [hardening_ldflags])
      UNSPOOF_ACCEPTS([-Wl,-z,noexecstack], [hardening_ldflags])
      dnl The sanitizers look at the same calls themselves.
      AS_IF([test "x$sanitizers" = x], [UNSPOOF_FORTIFY])])
   AC_SUBST([HARDENING_CPPFLAGS], ["$hardening_cppflags"])
   AC_SUBST([HARDENING_CFLAGS], ["$hardening_cflags"])
   AC_SUBST([HARDENING_LDFLAGS], ["$hardening_ldflags"])])
