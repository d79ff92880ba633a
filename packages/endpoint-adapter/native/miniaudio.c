/*
 * Sound devices for Node: a Node-API addon over miniaudio.
 *
 *   start(backend): string                 connects to the sound service; "" lets miniaudio choose; its name ("PulseAudio")
 *   devices(): Promise<{id, name, kind, isDefault}[]>  one listing at a time, in a thread of libuv's pool
 *   open(kind, id, header, samples, wake)  one device, 48 kHz mono 16 bit, over a ring (ring.h); a handle. Throws during a
 *                                          listing, which it would have to wait for
 *   close(handle)                          returns at once; the device ends in a thread of libuv's pool
 *   stop()                                 lets the sound service go, once the last device has ended
 *   makeResampler(step, phases, taps, frameSamples)  a handle for a filter (resampler.h)
 *   resample(handle, frame, out)           one frame; it must have the lengths that the filter was made for
 *   makeVariableRate(kernels)              a handle for sound that becomes longer or shorter (resampler.h)
 *   changeRate(handle, ppm, frame, out)    one frame; returns how many samples are in `out`
 *
 * Capture and playback are always two devices: miniaudio's duplex mode doubles the delay.
 * Each environment (main thread, worker) that loads the addon has a context of its own, which goes with it.
 */
#define NAPI_VERSION 8
#include <node_api.h>

#include <stdlib.h>

#include "miniaudio.h"
#include "resampler.h"
#include "ring.h"
#include "udp.h"
#ifdef MA_SUPPORT_PULSEAUDIO
#include <dlfcn.h>
#endif

enum { SAMPLE_RATE = 48000, PERIOD_SAMPLES = 480, PERIODS = 2, ID_BYTES = sizeof(ma_device_id) + 1 };
/* A microphone that was silent for so long was held up; calls closer together than that bring what piled up meanwhile. */
enum { HELD_UP_US = 100000, PILED_UP_US = 5000 };

/* libuv's, which Node exports: nanoseconds, the clock of performance.now(). */
uint64_t uv_hrtime(void);

/* One for each environment. While `listing`, its context and all that follows here belong to the thread that lists. */
typedef struct {
  bool listing;
  bool stopping;
  int open_devices;
  napi_async_work listing_work;
  napi_deferred listing_promise;

  ma_context context;
  ma_backend backend; /* of the first start: it stays the same */
  bool started;
  bool may_reconnect;
  ma_result listed;
  ma_device_info *playback, *capture;
  ma_uint32 playback_count, capture_count;
} Instance;

/* An open device. Freed when it has ended, on the environment's own thread. */
typedef struct {
  ma_device device;
  ma_device_type type;
  Ring ring;
  Instance *instance;
  napi_env env;
  napi_ref memory[2]; /* keep header and samples alive */
  napi_threadsafe_function wake;
  napi_async_work ending;
  atomic_bool waking;
  atomic_bool closing;
  /* Of the device's thread alone. */
  bool called_before, is_piled_up;
  uint32_t called_at_us;
} Device;

/* ---- On the device's thread: no lock, no allocation. ---- */

/* Coalesced: while one wake-up is under way, further ones would say nothing new. */
static void wake_worker(Device *device) {
  if (atomic_exchange(&device->waking, true)) return;
  if (napi_call_threadsafe_function(device->wake, device, napi_tsfn_nonblocking) != napi_ok) {
    atomic_store(&device->waking, false);
  }
}

static uint32_t now_us(void) { return (uint32_t)(uv_hrtime() / 1000); }

/* After this process stood still, the sound service has much to hand over at once that nobody wants to hear any more. */
static bool is_piled_up(Device *device, uint32_t at_us) {
  uint32_t since_us = at_us - device->called_at_us;
  if (device->called_before && since_us > HELD_UP_US) device->is_piled_up = true;
  else if (since_us > PILED_UP_US) device->is_piled_up = false;
  device->called_before = true;
  device->called_at_us = at_us;
  return device->is_piled_up;
}

static void on_captured(ma_device *handle, void *output, const void *input, ma_uint32 count) {
  (void)output;
  Device *device = handle->pUserData;
  if (atomic_load(&device->closing)) return;
  uint32_t at_us = now_us();
  ring_called(&device->ring, at_us);
  if (is_piled_up(device, at_us)) {
    ring_count(&device->ring, RING_OVERRUNS);
    return;
  }
  ring_write(&device->ring, input, count);
  wake_worker(device);
}

static void on_playback(ma_device *handle, void *output, const void *input, ma_uint32 count) {
  (void)input;
  Device *device = handle->pUserData;
  if (atomic_load(&device->closing)) {
    memset(output, 0, count * sizeof(int16_t));
    return;
  }
  ring_called(&device->ring, now_us());
  ring_read_or_silence(&device->ring, output, count);
}

static void on_notification(const ma_device_notification *notification) {
  Device *device = notification->pDevice->pUserData;
  if (notification->type != ma_device_notification_type_stopped || atomic_load(&device->closing)) return;
  atomic_store(&device->ring.header[RING_STOPPED], 1);
  wake_worker(device);
}

/* ---- On the environment's thread. ---- */

static napi_value fail(napi_env env, const char *message) {
  napi_throw_error(env, NULL, message);
  return NULL;
}

static napi_value text(napi_env env, const char *value) {
  napi_value result = NULL;
  napi_create_string_utf8(env, value, NAPI_AUTO_LENGTH, &result);
  return result;
}

static Instance *instance_of(napi_env env) {
  void *data = NULL;
  napi_get_instance_data(env, &data);
  return data;
}

static void release_context(Instance *instance) {
  if (!instance->started || !instance->stopping || instance->listing || instance->open_devices > 0) return;
  ma_context_uninit(&instance->context);
  instance->started = false;
  instance->stopping = false;
}

/* NULL: all backends, in miniaudio's order of preference. */
static ma_result connect_to(const ma_backend *backend, ma_context *context) {
  ma_context_config config = ma_context_config_init();
  config.pulse.pApplicationName = "Thinline";
  return ma_context_init(backend, backend == NULL ? 0 : 1, &config, context);
}

static ma_result connect_by_name(napi_env env, napi_value wanted, ma_context *context) {
  char name[64];
  size_t length;
  ma_backend backend;
  if (napi_get_value_string_utf8(env, wanted, name, sizeof(name), &length) != napi_ok || length == 0) {
    return connect_to(NULL, context);
  }
  ma_result result = ma_get_backend_from_name(name, &backend);
  return result == MA_SUCCESS ? connect_to(&backend, context) : result;
}

static napi_value start(napi_env env, napi_callback_info info) {
  napi_value wanted;
  size_t count = 1;
  Instance *instance = instance_of(env);
  napi_get_cb_info(env, info, &count, &wanted, NULL, NULL);
  instance->stopping = false;
  if (!instance->listing && !instance->started) {
    ma_result result = connect_by_name(env, wanted, &instance->context);
    if (result != MA_SUCCESS) return fail(env, ma_result_description(result));
    instance->backend = instance->context.backend;
    instance->started = true;
  }
  return text(env, ma_get_backend_name(instance->backend));
}

static napi_value stop(napi_env env, napi_callback_info info) {
  (void)info;
  Instance *instance = instance_of(env);
  instance->stopping = true;
  release_context(instance);
  return NULL;
}

/* The backend's own name for a device, as text. WASAPI's are ASCII in 16-bit characters, the others' are text already. */
static void write_id(ma_backend backend, const ma_device_id *id, char *to) {
  memset(to, 0, ID_BYTES);
  if (backend != ma_backend_wasapi) {
    memcpy(to, id->pulse, sizeof(id->pulse));
    return;
  }
  for (size_t i = 0; i < sizeof(id->wasapi) / sizeof(id->wasapi[0]) && id->wasapi[i] != 0; i++) {
    to[i] = (char)id->wasapi[i];
  }
}

static napi_value describe(napi_env env, ma_backend backend, const ma_device_info *info, const char *kind) {
  char id[ID_BYTES];
  napi_value device = NULL, is_default = NULL;
  write_id(backend, &info->id, id);
  napi_create_object(env, &device);
  napi_get_boolean(env, info->isDefault, &is_default);
  napi_set_named_property(env, device, "id", text(env, id));
  napi_set_named_property(env, device, "name", text(env, info->name));
  napi_set_named_property(env, device, "kind", text(env, kind));
  napi_set_named_property(env, device, "isDefault", is_default);
  return device;
}

static ma_result get_devices(Instance *instance) {
  return ma_context_get_devices(&instance->context, &instance->playback, &instance->playback_count, &instance->capture,
                                &instance->capture_count);
}

/* In a thread of libuv's pool, as a frozen sound service doesn't answer for as long as it likes. */
static void list_devices(napi_env env, void *data) {
  (void)env;
  Instance *instance = data;
  instance->listed = instance->started ? get_devices(instance) : MA_NO_BACKEND;
  if (instance->listed == MA_SUCCESS || !instance->may_reconnect) return;
  /* The sound service went away. It may be back, but only a new connection finds out. */
  if (instance->started) ma_context_uninit(&instance->context);
  instance->listed = connect_to(&instance->backend, &instance->context);
  instance->started = instance->listed == MA_SUCCESS;
  if (instance->started) instance->listed = get_devices(instance);
}

static napi_value describe_all(napi_env env, const Instance *instance) {
  napi_value list = NULL;
  ma_uint32 index = 0;
  napi_create_array(env, &list);
  for (ma_uint32 i = 0; i < instance->capture_count; i++) {
    napi_set_element(env, list, index++, describe(env, instance->backend, &instance->capture[i], "CAPTURE"));
  }
  for (ma_uint32 i = 0; i < instance->playback_count; i++) {
    napi_set_element(env, list, index++, describe(env, instance->backend, &instance->playback[i], "PLAYBACK"));
  }
  return list;
}

/* Called even when the worker is being ended: the environment waits for its work, but JavaScript can't be called then. */
static void on_listed(napi_env env, napi_status status, void *data) {
  Instance *instance = data;
  if (status == napi_cancelled) instance->listed = MA_CANCELLED;
  if (instance->listed == MA_SUCCESS) {
    napi_resolve_deferred(env, instance->listing_promise, describe_all(env, instance));
  } else {
    napi_value error = NULL;
    napi_create_error(env, NULL, text(env, ma_result_description(instance->listed)), &error);
    napi_reject_deferred(env, instance->listing_promise, error);
  }
  napi_delete_async_work(env, instance->listing_work);
  instance->listing = false;
  release_context(instance);
}

static napi_value devices(napi_env env, napi_callback_info info) {
  (void)info;
  Instance *instance = instance_of(env);
  napi_value promise;
  if (instance->listing) return fail(env, "a listing is under way");
  if (napi_create_async_work(env, NULL, text(env, "thinline.devices"), list_devices, on_listed, instance,
                             &instance->listing_work) != napi_ok) {
    return fail(env, "out of memory");
  }
  napi_create_promise(env, &instance->listing_promise, &promise);
  /* An open device needs the context that it was opened with. */
  instance->may_reconnect = instance->open_devices == 0;
  instance->listing = true;
  napi_queue_async_work(env, instance->listing_work);
  return promise;
}

static bool find_id(Instance *instance, ma_device_type type, const char *wanted, ma_device_id *found) {
  if (get_devices(instance) != MA_SUCCESS) return false;
  const ma_device_info *list = type == ma_device_type_capture ? instance->capture : instance->playback;
  ma_uint32 count = type == ma_device_type_capture ? instance->capture_count : instance->playback_count;
  for (ma_uint32 i = 0; i < count; i++) {
    char id[ID_BYTES];
    write_id(instance->backend, &list[i].id, id);
    if (strcmp(id, wanted) != 0) continue;
    *found = list[i].id;
    return true;
  }
  return false;
}

static ma_device_config configure(Device *device, ma_device_id *id) {
  ma_device_config config = ma_device_config_init(device->type);
  config.sampleRate = SAMPLE_RATE;
  config.periodSizeInFrames = PERIOD_SAMPLES;
  config.periods = PERIODS;
  config.performanceProfile = ma_performance_profile_low_latency;
  config.wasapi.usage = ma_wasapi_usage_pro_audio;
  config.capture.pDeviceID = config.playback.pDeviceID = id;
  config.capture.format = config.playback.format = ma_format_s16;
  config.capture.channels = config.playback.channels = 1;
  config.noPreSilencedOutputBuffer = true;
  config.noClip = true;
  /* The ring gives any number of samples; whole periods would wait in a further buffer. */
  config.noFixedSizedCallback = device->type == ma_device_type_playback;
  config.dataCallback = device->type == ma_device_type_capture ? on_captured : on_playback;
  config.notificationCallback = on_notification;
  config.pUserData = device;
  return config;
}

static bool ring_from(napi_env env, napi_value header, napi_value samples, Ring *ring) {
  napi_typedarray_type header_type, samples_type;
  size_t header_length, samples_length;
  void *header_data, *samples_data;
  if (napi_get_typedarray_info(env, header, &header_type, &header_length, &header_data, NULL, NULL) != napi_ok ||
      napi_get_typedarray_info(env, samples, &samples_type, &samples_length, &samples_data, NULL, NULL) != napi_ok) {
    return false;
  }
  if (header_type != napi_int32_array || header_length < RING_HEADER_SLOTS || samples_type != napi_int16_array) {
    return false;
  }
  if (samples_length < 2 || samples_length > (1u << 30) || (samples_length & (samples_length - 1)) != 0) return false;
  ring->header = header_data;
  ring->samples = samples_data;
  ring->mask = (uint32_t)samples_length - 1;
  return true;
}

static void call_worker(napi_env env, napi_value callback, void *context, void *data) {
  (void)context;
  Device *device = data;
  if (env == NULL) return;
  atomic_store(&device->waking, false);
  if (atomic_load(&device->closing)) return;
  napi_value undefined;
  napi_get_undefined(env, &undefined);
  napi_call_function(env, undefined, callback, 0, NULL, NULL);
}

/* Once stopped, a device no longer calls us. Without the stop, uninit waits for ever for a device that was unplugged. */
static void end_device(napi_env env, void *data) {
  (void)env;
  Device *device = data;
  ma_device_stop(&device->device);
  ma_device_uninit(&device->device);
}

static void free_device(napi_env env, Device *device) {
  if (device->wake != NULL) napi_release_threadsafe_function(device->wake, napi_tsfn_abort);
  for (int i = 0; i < 2; i++) {
    if (device->memory[i] != NULL) napi_delete_reference(env, device->memory[i]);
  }
  if (device->ending != NULL) napi_delete_async_work(env, device->ending);
  free(device);
}

static void on_ended(napi_env env, napi_status status, void *data) {
  Device *device = data;
  Instance *instance = device->instance;
  if (status == napi_cancelled) end_device(env, device);
  free_device(env, device);
  instance->open_devices -= 1;
  release_context(instance);
}

/* The worker was ended with the device open. This hook is younger than the wake-up function's own, so it runs before it. */
static void on_environment_end(void *data) {
  Device *device = data;
  atomic_store(&device->closing, true);
  end_device(device->env, device);
  device->instance->open_devices -= 1;
  free_device(device->env, device);
}

/* What JavaScript handed over; NULL, or what is wrong with it. */
static const char *take_arguments(napi_env env, const napi_value *arguments, Device *device) {
  if (!ring_from(env, arguments[2], arguments[3], &device->ring)) return "header or samples are not a ring";
  if (napi_create_reference(env, arguments[2], 1, &device->memory[0]) != napi_ok ||
      napi_create_reference(env, arguments[3], 1, &device->memory[1]) != napi_ok ||
      napi_create_async_work(env, NULL, text(env, "thinline.close"), end_device, on_ended, device, &device->ending) !=
          napi_ok ||
      napi_create_threadsafe_function(env, arguments[4], NULL, text(env, "thinline.wake"), 0, 1, NULL, NULL, NULL,
                                      call_worker, &device->wake) != napi_ok) {
    return "wake is not a function";
  }
  return NULL;
}

/*
 * PulseAudio asks for sound four times in each period of 10 ms, if nobody says otherwise, and wakes two threads each time.
 * Asked every 7.5 ms it finds as much left in its buffer as before. miniaudio has no setting for that; without the
 * function everything stays as it was. Between init and start: nobody runs the stream's loop then.
 */
static void ask_less_often(Device *device) {
#ifdef MA_SUPPORT_PULSEAUDIO
  typedef struct {
    uint32_t maxlength, tlength, prebuf, minreq, fragsize;
  } BufferAttributes;
  typedef void *(*SetAttributes)(void *stream, const BufferAttributes *attributes, void *callback, void *data);
  typedef void (*Unreference)(void *operation);
  enum { PERIOD_BYTES = PERIOD_SAMPLES * sizeof(int16_t) };
  ma_context *context = &device->instance->context;
  if (context->backend != ma_backend_pulseaudio || device->type != ma_device_type_playback) return;
  SetAttributes set = (SetAttributes)dlsym(context->pulse.pulseSO, "pa_stream_set_buffer_attr");
  Unreference unreference = (Unreference)dlsym(context->pulse.pulseSO, "pa_operation_unref");
  if (set == NULL || unreference == NULL) return;
  const BufferAttributes attributes = {
      .maxlength = PERIOD_BYTES * 5 / 2,
      .tlength = PERIOD_BYTES * 3 / 2,
      .prebuf = UINT32_MAX,
      .minreq = PERIOD_BYTES * 3 / 4,
      .fragsize = UINT32_MAX,
  };
  void *operation = set(device->device.pulse.pStreamPlayback, &attributes, NULL, NULL);
  if (operation != NULL) unreference(operation);
#else
  (void)device;
#endif
}

/* NULL, or why the device can't be used. */
static const char *start_device(Device *device, const char *id) {
  ma_device_id device_id;
  if (!find_id(device->instance, device->type, id, &device_id)) return "it is not there any more";
  ma_device_config config = configure(device, &device_id);
  ma_result result = ma_device_init(&device->instance->context, &config, &device->device);
  if (result != MA_SUCCESS) return ma_result_description(result);
  ask_less_often(device);
  result = ma_device_start(&device->device);
  if (result == MA_SUCCESS) return NULL;
  ma_device_uninit(&device->device);
  return ma_result_description(result);
}

static napi_value open_device(napi_env env, napi_callback_info info) {
  napi_value arguments[5], handle;
  size_t count = 5, length;
  char kind[16], id[ID_BYTES];
  Instance *instance = instance_of(env);
  if (instance->listing) return fail(env, "the sound service has not answered yet");
  if (!instance->started) return fail(env, "the sound service is not started");
  if (napi_get_cb_info(env, info, &count, arguments, NULL, NULL) != napi_ok || count < 5 ||
      napi_get_value_string_utf8(env, arguments[0], kind, sizeof(kind), &length) != napi_ok ||
      napi_get_value_string_utf8(env, arguments[1], id, sizeof(id), &length) != napi_ok) {
    return fail(env, "open(kind, id, header, samples, wake) was called with something else");
  }
  Device *device = calloc(1, sizeof(*device));
  if (device == NULL) return fail(env, "out of memory");
  device->env = env;
  device->instance = instance;
  device->type = strcmp(kind, "CAPTURE") == 0 ? ma_device_type_capture : ma_device_type_playback;
  const char *failure = napi_create_external(env, device, NULL, NULL, &handle) == napi_ok ? NULL : "out of memory";
  if (failure == NULL) failure = take_arguments(env, arguments, device);
  if (failure == NULL) failure = start_device(device, id);
  if (failure != NULL) {
    free_device(env, device);
    return fail(env, failure);
  }
  instance->open_devices += 1;
  napi_add_env_cleanup_hook(env, on_environment_end, device);
  return handle;
}

static napi_value close_device(napi_env env, napi_callback_info info) {
  napi_value handle;
  size_t count = 1;
  void *data = NULL;
  napi_get_cb_info(env, info, &count, &handle, NULL, NULL);
  if (count < 1 || napi_get_value_external(env, handle, &data) != napi_ok) return fail(env, "close() wants a handle");
  Device *device = data;
  atomic_store(&device->closing, true);
  napi_remove_env_cleanup_hook(env, on_environment_end, device);
  napi_queue_async_work(env, device->ending);
  return NULL;
}

static bool typed_array(napi_env env, napi_value value, napi_typedarray_type wanted, size_t *length, void **data) {
  napi_typedarray_type type;
  return napi_get_typedarray_info(env, value, &type, length, data, NULL, NULL) == napi_ok && type == wanted;
}

static void free_resampler(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  resampler_free(data);
}

static napi_value make_resampler(napi_env env, napi_callback_info info) {
  napi_value arguments[4], handle;
  size_t count = 4, tap_count;
  uint32_t step, phases, frame_samples;
  void *taps;
  if (napi_get_cb_info(env, info, &count, arguments, NULL, NULL) != napi_ok || count < 4 ||
      napi_get_value_uint32(env, arguments[0], &step) != napi_ok ||
      napi_get_value_uint32(env, arguments[1], &phases) != napi_ok ||
      !typed_array(env, arguments[2], napi_float32_array, &tap_count, &taps) ||
      napi_get_value_uint32(env, arguments[3], &frame_samples) != napi_ok || step == 0 || phases == 0 ||
      tap_count == 0 || tap_count > 65536 || tap_count % phases != 0 || tap_count / phases % (2 * LANES) != 0 ||
      frame_samples == 0 || frame_samples > 65536 || frame_samples % step != 0) {
    return fail(env, "makeResampler(step, phases, taps, frameSamples) was called with something else");
  }
  Resampler *resampler = resampler_make(step, phases, (uint32_t)(tap_count / phases), frame_samples, taps);
  if (resampler == NULL) return fail(env, "out of memory");
  if (napi_create_external(env, resampler, free_resampler, NULL, &handle) != napi_ok) {
    resampler_free(resampler);
    return fail(env, "out of memory");
  }
  return handle;
}

/* Called every 10 ms in each direction: only what memory needs is looked at. */
static napi_value resample(napi_env env, napi_callback_info info) {
  napi_value arguments[3];
  size_t count = 3, frame_samples, out_samples;
  void *data, *frame, *out;
  if (napi_get_cb_info(env, info, &count, arguments, NULL, NULL) != napi_ok || count < 3 ||
      napi_get_value_external(env, arguments[0], &data) != napi_ok ||
      !typed_array(env, arguments[1], napi_int16_array, &frame_samples, &frame) ||
      !typed_array(env, arguments[2], napi_int16_array, &out_samples, &out)) {
    return fail(env, "resample(handle, frame, out) was called with something else");
  }
  Resampler *resampler = data;
  if (frame_samples != resampler->frame_samples ||
      out_samples != (size_t)frame_samples / resampler->step * resampler->phases) {
    return fail(env, "a frame has not the length that the resampler was made for");
  }
  resampler_process(resampler, frame, out);
  return NULL;
}

static void free_variable_rate(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  free(data);
}

static napi_value make_variable_rate(napi_env env, napi_callback_info info) {
  napi_value argument, handle;
  size_t count = 1, kernel_count;
  void *kernels;
  if (napi_get_cb_info(env, info, &count, &argument, NULL, NULL) != napi_ok || count < 1 ||
      !typed_array(env, argument, napi_float64_array, &kernel_count, &kernels) || kernel_count != RATE_KERNELS) {
    return fail(env, "makeVariableRate(kernels) was called with something else");
  }
  VariableRate *rate = variable_rate_make(kernels);
  if (rate == NULL) return fail(env, "out of memory");
  if (napi_create_external(env, rate, free_variable_rate, NULL, &handle) != napi_ok) {
    free(rate);
    return fail(env, "out of memory");
  }
  return handle;
}

/* Called every 10 ms: only what memory needs is looked at. */
static napi_value change_rate(napi_env env, napi_callback_info info) {
  napi_value arguments[4], made = NULL;
  size_t count = 4, frame_samples, out_samples;
  double ppm;
  void *data, *frame, *out;
  if (napi_get_cb_info(env, info, &count, arguments, NULL, NULL) != napi_ok || count < 4 ||
      napi_get_value_external(env, arguments[0], &data) != napi_ok ||
      napi_get_value_double(env, arguments[1], &ppm) != napi_ok ||
      !typed_array(env, arguments[2], napi_int16_array, &frame_samples, &frame) ||
      !typed_array(env, arguments[3], napi_int16_array, &out_samples, &out) || frame_samples != RATE_FRAME ||
      out_samples < RATE_OUT || !(ppm >= -rate_most_ppm && ppm <= rate_most_ppm)) {
    return fail(env, "changeRate(handle, ppm, frame, out) was called with something else");
  }
  napi_create_uint32(env, variable_rate_process(data, ppm, frame, out), &made);
  return made;
}

/* By now every device has ended: closed, or by on_environment_end. */
static void free_instance(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  Instance *instance = data;
  if (instance->started) ma_context_uninit(&instance->context);
  free(instance);
}

NAPI_MODULE_INIT() {
  Instance *instance = calloc(1, sizeof(*instance));
  if (instance == NULL) return fail(env, "out of memory");
  /* None that is built in: before the first start there is nothing to connect to again. */
  instance->backend = ma_backend_null;
  napi_set_instance_data(env, instance, free_instance, NULL);
  const napi_property_descriptor functions[] = {
      {"start", NULL, start, NULL, NULL, NULL, napi_enumerable, NULL},
      {"stop", NULL, stop, NULL, NULL, NULL, napi_enumerable, NULL},
      {"devices", NULL, devices, NULL, NULL, NULL, napi_enumerable, NULL},
      {"open", NULL, open_device, NULL, NULL, NULL, napi_enumerable, NULL},
      {"close", NULL, close_device, NULL, NULL, NULL, napi_enumerable, NULL},
      {"makeResampler", NULL, make_resampler, NULL, NULL, NULL, napi_enumerable, NULL},
      {"resample", NULL, resample, NULL, NULL, NULL, napi_enumerable, NULL},
      {"makeVariableRate", NULL, make_variable_rate, NULL, NULL, NULL, napi_enumerable, NULL},
      {"changeRate", NULL, change_rate, NULL, NULL, NULL, napi_enumerable, NULL},
      UDP_FUNCTIONS
  };
  napi_define_properties(env, exports, sizeof(functions) / sizeof(functions[0]), functions);
  return exports;
}
