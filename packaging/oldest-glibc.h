/*
 * Thin clients run older systems than the one that builds. Each function here came anew with a later glibc and does the
 * same as before for what we want of it; this asks for the one that glibc 2.28 has, too.
 */
#ifndef THINLINE_OLDEST_GLIBC_H
#define THINLINE_OLDEST_GLIBC_H

#if defined(__x86_64__)
#define THINLINE_FIRST_GLIBC "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define THINLINE_FIRST_GLIBC "GLIBC_2.17"
#endif

#define THINLINE_OLDEST(name) __asm__(".symver " #name "," #name "@" THINLINE_FIRST_GLIBC)

THINLINE_OLDEST(dlclose);
THINLINE_OLDEST(dlopen);
THINLINE_OLDEST(dlsym);
THINLINE_OLDEST(exp);
THINLINE_OLDEST(log);
THINLINE_OLDEST(pow);
THINLINE_OLDEST(pthread_attr_setstacksize);
#if defined(__x86_64__)
__asm__(".symver pthread_condattr_setclock,pthread_condattr_setclock@GLIBC_2.3.3");
#else
THINLINE_OLDEST(pthread_condattr_setclock);
#endif
THINLINE_OLDEST(pthread_create);
THINLINE_OLDEST(pthread_detach);
THINLINE_OLDEST(pthread_join);
THINLINE_OLDEST(pthread_sigmask);

#endif
