/* fstat() is a function of its own since glibc 2.33 only; before, this was behind it (linked with --wrap=fstat). */
struct stat;

#if defined(__x86_64__)
enum { status_version = 1 };
__asm__(".symver __fxstat,__fxstat@GLIBC_2.2.5");
#elif defined(__aarch64__)
enum { status_version = 0 };
__asm__(".symver __fxstat,__fxstat@GLIBC_2.17");
#endif

int __fxstat(int version, int fd, struct stat *status);
int __wrap_fstat(int fd, struct stat *status);

int __wrap_fstat(int fd, struct stat *status)
{
    return __fxstat(status_version, fd, status);
}
