// Where the checks of the sources of iLBC and iSAC end.
#include <stdlib.h>

#include "rtc_base/checks.h"

extern "C" void rtc_FatalMessage(const char*, int, const char*) {
  abort();
}

namespace rtc {
namespace webrtc_checks_impl {

void FatalLog(const char*, int, const char*, const CheckArgType*, ...) {
  abort();
}

}  // namespace webrtc_checks_impl
}  // namespace rtc
