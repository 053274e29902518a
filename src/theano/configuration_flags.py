"""Every flag of ``theano.config``: one row a flag, with its values, its meaning and what depends on it."""

from __future__ import annotations

from theano.configuration_values import (
    COMPILEDIR_KEYS,
    BoolParam,
    ConfigParam,
    DeviceParam,
    EnumStr,
    FloatParam,
    IntParam,
    ModeParam,
    StrParam,
    TypedParam,
    as_boolean,
    filter_base_compiledir,
    filter_compiledir,
    filter_compiledir_format,
    filter_contexts,
    filter_vm_lazy,
    floatX_convert,
    good_seed_param,
    is_not_negative,
    is_positive,
    is_valid_check_preallocated_output_param,
    only,
)


class Flag:
    """A row of the table.

    fullname      name, with a dot when the flag belongs to a section
    param         its default and the rule for its values
    doc           what it means, in the words of the documentation page
    affects_code  whether a compiled function is another one under another value: the disk cache asks
    no_effect     why the flag, which old programs may still set, changes nothing; '' when it does
    not_yet       what must be there before the flag changes something; '' when it is
    """

    __slots__ = ("affects_code", "doc", "fullname", "no_effect", "not_yet", "param")

    def __init__(
        self,
        fullname: str,
        param: ConfigParam,
        doc: str,
        *,
        affects_code: bool = False,
        no_effect: str = "",
        not_yet: str = "",
    ) -> None:
        self.fullname = fullname
        self.param = param
        self.doc = doc
        self.affects_code = affects_code
        self.no_effect = no_effect
        self.not_yet = not_yet

    @property
    def remark(self) -> str:
        """What a reader must know beside the meaning: why the flag changes nothing, or changes nothing yet."""
        if self.no_effect:
            return f"**without effect here**: {self.no_effect}"
        return f"**not yet**: {self.not_yet}" if self.not_yet else ""

    def accept(self, value: object) -> object:
        """The value to be kept when ``value`` is given; ValueError if there is none."""
        return self.param.accept(value, self.fullname)

    @property
    def default(self) -> object:
        """The value when nothing is set."""
        default = self.param.default
        return self.accept(default() if callable(default) else default)


SUPPORTED_DNN_CONV_ALGO_RUNTIME = ("guess_once", "guess_on_shape_change", "time_once", "time_on_shape_change")
SUPPORTED_DNN_CONV_ALGO_FWD = (
    *("small", "none", "large", "fft", "fft_tiling", "winograd", "winograd_non_fused"),
    *SUPPORTED_DNN_CONV_ALGO_RUNTIME,
)
SUPPORTED_DNN_CONV_ALGO_BWD_DATA = (
    *("none", "deterministic", "fft", "fft_tiling", "winograd", "winograd_non_fused"),
    *SUPPORTED_DNN_CONV_ALGO_RUNTIME,
)
SUPPORTED_DNN_CONV_ALGO_BWD_FILTER = (
    *("none", "deterministic", "fft", "small", "winograd_non_fused", "fft_tiling"),
    *SUPPORTED_DNN_CONV_ALGO_RUNTIME,
)
SUPPORTED_DNN_CONV_PRECISION = ("as_input_f32", "as_input", "float16", "float32", "float64")

BLAS = "BLAS comes with SciPy"
GPU = "GPUs are reached through JAX"
NEVER = "the fault never was in this program"
NO_CPP = "no C++ is compiled"
NO_LOCK = "compiling takes no lock"
PLANNED = "storage is decided after rewriting"
SHAPE = "the algorithm of a convolution follows from its shape"

NO_JAX = "there is no JAX back end"
LOOPS = "loops are part of the program that they are in, whose memory is laid out as a whole"

SETTINGS_OF_SETERR = ("ignore", "warn", "raise", "call", "print", "log")
REACTIONS_TO_TEST_VALUES = ("ignore", "warn", "raise", "pdb")
VERSIONS = (
    *("None", "all", "0.3", "0.4", "0.4.1", "0.5", "0.6", "0.7", "0.8", "0.8.1", "0.8.2", "0.9", "0.10"),
    *("1.0", "1.0.1", "1.0.2", "1.0.3", "1.0.4", "1.0.5"),
)

# fmt: off
FLAGS = (
    # Types and values in graphs
    Flag("floatX", EnumStr("float64", "float32", "float16", convert=floatX_convert),
         "dtype that a 'floatX' request resolves to: default of `T.matrix()` and friends, of float literals "
         "and of shared random draws; 64, 32 and 16 are accepted too"),
    Flag("cast_policy", EnumStr("custom", "numpy+floatX"),
         "how Python and NumPy scalars mixed with variables are typed: 'custom' takes the smallest type "
         "(floats follow floatX), the other follows NumPy plus floatX"),
    Flag("int_division", EnumStr("int", "raise", "floatX"),
         "only for the old style `x.__div__(y)` of two integers: 'int' floors with a warning, "
         "'raise' forbids, 'floatX' divides truly; plain `/` always divides truly"),
    Flag("warn_float64", EnumStr("ignore", "warn", "raise", "pdb"),
         "reaction to the creation of a float64 variable"),
    Flag("compute_test_value", EnumStr("off", *REACTIONS_TO_TEST_VALUES),
         "compute each new variable at once from `tag.test_value`; the value says what a missing one causes"),
    Flag("compute_test_value_opt", EnumStr("off", *REACTIONS_TO_TEST_VALUES),
         "the same as compute_test_value for variables made by rewrites"),
    Flag("print_test_value", BoolParam(False), "show the test value in the repr of a variable"),
    Flag("pickle_test_value", BoolParam(True), "keep `tag.test_value` when a graph is pickled"),
    Flag("traceback.limit", IntParam(8),
         "stack frames kept with each variable to tell where it was made; -1 for all, 0 for none; messages show the "
         "innermost one, and all under exception_verbosity=high"),
    Flag("traceback.compile_limit", IntParam(0), "stack frames kept for nodes made during compilation",
         no_effect="such nodes take the origin of what they replace"),

    # Compiling
    Flag("mode", ModeParam("Mode", "DebugMode", "FAST_RUN", "NanGuardMode", "FAST_COMPILE", "DEBUG_MODE",
                           "llvm", "jax", "python"),
         "mode used when `theano.function` gets none; 'Mode' builds it from the flags linker and optimizer; "
         "a Mode object is accepted too"),
    Flag("linker", EnumStr("cvm", "c|py", "py", "c", "c|py_nogc", "vm", "vm_nogc", "cvm_nogc",
                           "llvm", "jax", "python"),
         "back end of the default mode: 'py' and 'python' run NumPy node by node, 'jax' goes through XLA, "
         "all others make native code", affects_code=True),
    Flag("optimizer", EnumStr("o4", "o3", "o2", "o1", "unsafe", "fast_run", "fast_compile", "merge", "None"),
         "rewrite level of the default mode", affects_code=True),
    Flag("optimizer_excluding", StrParam("", allow_override=False),
         "tags of rewrites taken out of the default mode, joined by ':'", affects_code=True),
    Flag("optimizer_including", StrParam("", allow_override=False),
         "tags of rewrites added to the default mode, joined by ':'", affects_code=True),
    Flag("optimizer_requiring", StrParam("", allow_override=False),
         "tags that every rewrite of the default mode must have, joined by ':'", affects_code=True),
    Flag("optimizer_verbose", BoolParam(False), "print each rewrite as it is applied"),
    Flag("optdb.max_use_ratio", FloatParam(8.0),
         "limit, times the graph size, on uses of one rewrite in a pass to the fixpoint", affects_code=True),
    Flag("optdb.position_cutoff", FloatParam(float("inf")),
         "run only the rewrite passes registered before this position", affects_code=True),
    Flag("on_opt_error", EnumStr("warn", "raise", "pdb", "ignore"), "reaction when a rewrite raises"),
    Flag("on_shape_error", EnumStr("warn", "raise"), "reaction when the shape inference of an op raises"),
    Flag("on_unused_input", EnumStr("raise", "warn", "ignore"),
         "reaction of `theano.function` to an input that no output uses"),
    Flag("tensor.local_elemwise_fusion", BoolParam(True), "fuse chains of elementwise ops into one loop",
         affects_code=True),
    Flag("tensor.cmp_sloppy", IntParam(0, (0, 1, 2).__contains__, False, "0, 1, 2"),
         "how loosely `values_eq_approx` of a type compares: by 10 ** cmp_sloppy times the usual tolerance"),
    Flag("tensor.insert_inplace_optimizer_validate_nb", IntParam(-1),
         "after how many in-place replacements the graph is checked", no_effect=PLANNED),
    Flag("cycle_detection", EnumStr("regular", "fast"), "check for cycles by in-place ops: exact or quick",
         no_effect=PLANNED),
    Flag("conv.assert_shape", BoolParam(False),
         "let convolutions check the shapes promised by the user against the real ones"),
    Flag("conv.method", EnumStr("auto", "direct", "winograd"),
         "how kernels of 3 x 3 that move by one are convolved: plainly, by Winograd's minimal filtering, or by that which "
         "is faster for the lengths at hand; other kernels are always convolved plainly",
         affects_code=True),
    Flag("experimental.local_alloc_elemwise", TypedParam(True, as_boolean, bool, True, "True"),
         "obsolete; False is refused",
         no_effect="it always is done"),
    Flag("experimental.local_alloc_elemwise_assert", BoolParam(True),
         "add a shape assertion when an alloc is dropped from an elementwise op",
         no_effect="lengths that meet are always compared"),
    Flag("allow_gc", BoolParam(True), "drop intermediate results as soon as no later step needs them",
         affects_code=True),
    Flag("scan.allow_gc", BoolParam(False), "drop intermediate results inside a scan's inner function",
         no_effect=LOOPS),
    Flag("scan.allow_output_prealloc", BoolParam(True),
         "give a scan's inner function its output buffers beforehand",
         no_effect=LOOPS),
    Flag("scan.debug", BoolParam(False), "more output about scan",
         no_effect=LOOPS),
    Flag("vm.lazy", ConfigParam(None, filter_vm_lazy, True, "None, True, False"),
         "force or forbid lazy evaluation",
         no_effect="a branch not taken is never computed"),
    Flag("check_input", BoolParam(True), "check dtype and ndim of inputs in compiled code",
         no_effect="they are always checked"),
    Flag("check_stack_trace", EnumStr("off", "log", "warn", "raise"),
         "reaction when a rewrite drops the place where a variable was made",
         no_effect="every rewrite hands it on"),
    Flag("deterministic", EnumStr("default", "more"), "prefer implementations whose result does not vary",
         no_effect="results on the CPU never vary from run to run"),
    Flag("reoptimize_unpickled_function", BoolParam(False),
         "rewrite the graph anew when a function is unpickled"),
    Flag("unpickle_function", BoolParam(True), "False: functions come back from a pickle as None"),

    # Running
    Flag("threads", IntParam(0, is_not_negative, True, "0 or more"),
         "threads that share a large loop; 0 takes OMP_NUM_THREADS, or else one for each core that the "
         "process may use"),
    Flag("openmp", BoolParam(False),
         "True: split every elementwise loop of openmp_elemwise_minsize elements and more over the threads; "
         "False: from a size on that was found by measuring", affects_code=True),
    Flag("openmp_elemwise_minsize", IntParam(200000), "see openmp", affects_code=True),
    Flag("exception_verbosity", EnumStr("low", "high"),
         "detail of run-time error messages; high adds the callers of the user's line, the graph and the operands' values"),
    Flag("numpy.seterr_all", EnumStr("ignore", *SETTINGS_OF_SETERR[1:], "None", allow_override=False),
         "`np.seterr(all=...)` set at import; 'None' leaves NumPy alone"),
    *(Flag(f"numpy.seterr_{what}", EnumStr("None", *SETTINGS_OF_SETERR, allow_override=False),
           f"`np.seterr({what}=...)` set at import; 'None' follows seterr_all")
      for what in ("divide", "invalid", "over", "under")),

    # The disk
    Flag("cache", BoolParam(True), "keep compiled functions on disk and take them from there"),
    Flag("cache_max_bytes", IntParam(2**30, is_positive, True, "> 0"),
         "bound on the size of that cache; the functions not used for longest go first"),
    Flag("base_compiledir", ConfigParam("~/.theano", filter_base_compiledir, False, "a path"),
         "folder above the cache folders; `~` and environment variables are filled in"),
    Flag("compiledir_format", ConfigParam(
        "compiledir_%(short_platform)s-%(processor)s-%(python_version)s-%(python_bitwidth)s",
        filter_compiledir_format, False, "`%(key)s`, the key one of " + ", ".join(COMPILEDIR_KEYS)),
         "template for the name of the cache folder"),
    Flag("compiledir", ConfigParam("", filter_compiledir, False, "a path"),
         "the cache folder; when not given, base_compiledir joined with the filled-in compiledir_format"),
    Flag("cache_optimizations", BoolParam(False), "keep rewritten graphs on disk",
         no_effect="the disk cache spares the rewriting too"),
    Flag("compile.timeout", IntParam(120, is_not_negative, False, "0 or more"),
         "seconds until a lock is taken over",
         no_effect=NO_LOCK),
    Flag("compile.wait", IntParam(5, is_positive, False, "> 0"), "seconds between attempts to take the lock",
         no_effect=NO_LOCK),

    # Debugging
    Flag("DebugMode.check_c", BoolParam(True), "DebugMode runs the compiled implementation of each op"),
    Flag("DebugMode.check_py", BoolParam(True), "DebugMode runs the NumPy implementation of each op"),
    Flag("DebugMode.check_finite", BoolParam(True), "DebugMode treats NaN and infinity as errors"),
    Flag("DebugMode.check_preallocated_output",
         StrParam("", is_valid_check_preallocated_output_param, True,
                  "initial, previous, c_contiguous, f_contiguous, strided, wrong_size, ALL, joined by ':'"),
         "kinds of preallocated outputs DebugMode tries"),
    Flag("DebugMode.check_preallocated_output_ndim", IntParam(4, is_positive, True, "> 0"),
         "over how many inner dimensions 'strided' varies the strides"),
    Flag("DebugMode.check_strides", IntParam(0, (0, 1, 2).__contains__, True, "0, 1, 2"),
         "DebugMode compares strides of compiled and NumPy results: 0 no, 1 warn, 2 error"),
    Flag("DebugMode.patience", IntParam(10, is_positive, True, "> 0"),
         "how many times DebugMode repeats the rewriting to find unstable results"),
    Flag("DebugMode.warn_input_not_reused", BoolParam(True),
         "DebugMode warns when an op said in-place or view but made a new array"),
    Flag("NanGuardMode.action", EnumStr("raise", "warn", "pdb"), "what NanGuardMode does on a fault"),
    Flag("NanGuardMode.nan_is_error", BoolParam(True),
         "default of the NanGuardMode argument: NaN is a fault"),
    Flag("NanGuardMode.inf_is_error", BoolParam(True),
         "default of the NanGuardMode argument: infinity is a fault"),
    Flag("NanGuardMode.big_is_error", BoolParam(True),
         "default of the NanGuardMode argument: magnitude above 1e10 is a fault"),
    Flag("unittests.rseed", StrParam("666", good_seed_param, True, "an integer, 'random'"),
         "seed used by the utilities for tests; 'random' for a fresh one"),

    # Profiling
    Flag("profile", BoolParam(False), "gather times for every compiled function and print them at exit"),
    Flag("profile_memory", BoolParam(False), "with profile, also memory use"),
    Flag("profile_optimizer", BoolParam(False), "with profile, also times of the rewrites"),
    Flag("print_global_stats", BoolParam(False), "at exit print times spent in all functions together"),
    Flag("profiling.debugprint", BoolParam(False), "print the graph with the profile"),
    Flag("profiling.destination", StrParam("stderr"), "where the profile goes: stderr, stdout or a file"),
    Flag("profiling.ignore_first_call", BoolParam(False),
         "leave the first call of a function out of the profile"),
    Flag("profiling.min_memory_size", IntParam(1024, is_not_negative, True, "0 or more"),
         "nodes with smaller outputs (bytes) are left out of the memory profile"),
    Flag("profiling.min_peak_memory", BoolParam(False),
         "also compute the lowest peak memory over all orders (slow)"),
    Flag("profiling.n_apply", IntParam(20, is_positive, True, "> 0"), "how many nodes the profile lists"),
    Flag("profiling.n_ops", IntParam(20, is_positive, True, "> 0"), "how many ops the profile lists"),
    Flag("profiling.output_line_width", IntParam(512, is_positive, True, "> 0"),
         "longest line of the profile"),
    Flag("profiling.time_thunks", BoolParam(True), "time each node while profiling"),

    # Devices
    Flag("device", DeviceParam("cpu", allow_override=False),
         "where the default mode runs functions: natively on the CPU, or through JAX",
         not_yet=NO_JAX),
    Flag("force_device", BoolParam(False, None, False), "fail when the wanted device cannot be had",
         no_effect="that is always an error"),
    Flag("init_gpu_device", DeviceParam("", allow_override=False),
         "prepare a GPU without moving graphs to it",
         no_effect=GPU),
    Flag("contexts", ConfigParam("", filter_contexts, False, "name->device, joined by ';'"),
         "map of context names to devices", no_effect=GPU),
    Flag("assert_no_cpu_op", EnumStr("ignore", "warn", "raise", "pdb"),
         "reaction when a graph for a GPU has an op on the CPU",
         no_effect="a graph runs on one device as a whole"),
    Flag("print_active_device", BoolParam(True, None, False), "print the name of the GPU in use",
         no_effect=GPU),
    Flag("experimental.unpickle_gpu_on_cpu", BoolParam(False), "load pickled GPU arrays as NumPy arrays",
         no_effect=GPU),
    Flag("gpu.local_elemwise_fusion", BoolParam(True), "fuse chains of elementwise ops on a GPU",
         no_effect=GPU),
    Flag("gpuarray.cache_path", ConfigParam("", filter_compiledir, False, "a path"),
         "folder for compiled GPU kernels",
         no_effect=GPU),
    Flag("gpuarray.preallocate", FloatParam(0.0, None, False), "GPU memory taken at start", no_effect=GPU),
    Flag("gpuarray.sched", EnumStr("default", "multi", "single"), "scheduling hint for the GPU",
         no_effect=GPU),
    Flag("gpuarray.single_stream", BoolParam(True), "use just one GPU stream", no_effect=GPU),
    Flag("gpuarray.sync", TypedParam(False, as_boolean, lambda value: not value, False, "False"),
         "obsolete; True is refused", no_effect=GPU),
    Flag("gpuelemwise.sync", BoolParam(True), "wait for a GPU kernel and look at its error code",
         no_effect=GPU),
    Flag("cuda.root", StrParam(""), "folder of the CUDA toolkit", no_effect=GPU),
    Flag("cuda.include_path", StrParam(""), "folder of the CUDA headers", no_effect=GPU),
    Flag("dnn.enabled", EnumStr("auto", "True", "False", "no_check"), "use of cuDNN", no_effect=GPU),
    *(Flag(f"dnn.{path}", StrParam(""), f"folder of {what}", no_effect=GPU)
      for path, what in (("base_path", "cuDNN"), ("bin_path", "the cuDNN library for loading"),
                         ("include_path", "the cuDNN header"),
                         ("library_path", "the cuDNN library for linking"))),
    Flag("dnn.conv.algo_fwd", EnumStr(*SUPPORTED_DNN_CONV_ALGO_FWD),
         "cuDNN algorithm for the forward convolution",
         no_effect=GPU),
    Flag("dnn.conv.algo_bwd_data", EnumStr(*SUPPORTED_DNN_CONV_ALGO_BWD_DATA),
         "cuDNN algorithm for the gradient with respect to the images", no_effect=GPU),
    Flag("dnn.conv.algo_bwd_filter", EnumStr(*SUPPORTED_DNN_CONV_ALGO_BWD_FILTER),
         "cuDNN algorithm for the gradient with respect to the kernels", no_effect=GPU),
    Flag("dnn.conv.precision", EnumStr(*SUPPORTED_DNN_CONV_PRECISION),
         "computation dtype inside cuDNN convolutions",
         no_effect=GPU),
    *(Flag(f"dnn.conv.{name}", ConfigParam("", only("", f"It is obsolete: set {new}"), False, "''"),
           "obsolete; a value is an error", no_effect=GPU)
      for name, new in (("algo_bwd", "dnn.conv.algo_bwd_data and dnn.conv.algo_bwd_filter"),
                        ("workmem", "dnn.conv.algo_fwd"),
                        ("workmem_bwd", "dnn.conv.algo_bwd_data and dnn.conv.algo_bwd_filter"))),
    Flag("magma.enabled", BoolParam(False), "use MAGMA for linear algebra on the GPU", no_effect=GPU),
    Flag("magma.include_path", StrParam(""), "folder of the MAGMA header", no_effect=GPU),
    Flag("magma.library_path", StrParam(""), "folder of the MAGMA library", no_effect=GPU),
    Flag("metaopt.verbose", IntParam(0), "output of the rewrite that times several convolutions",
         no_effect=SHAPE),
    Flag("metaopt.optimizer_excluding", StrParam(""), "tags left out of that rewrite, joined by ':'",
         no_effect=SHAPE),
    Flag("metaopt.optimizer_including", StrParam(""), "tags added to that rewrite, joined by ':'",
         no_effect=SHAPE),

    # The C++ compiler and libraries of old
    Flag("cxx", StrParam(""), "C++ compiler", no_effect=NO_CPP),
    Flag("gcc.cxxflags", StrParam(""), "further flags for the C++ compiler", no_effect=NO_CPP),
    Flag("nocleanup", BoolParam(False), "keep the folders of failed compilations", no_effect=NO_CPP),
    Flag("cmodule.age_thresh_use", IntParam(2073600, None, False),
         "seconds after which a cached module is not used",
         no_effect="cache_max_bytes bounds the cache"),
    Flag("cmodule.compilation_warning", BoolParam(False), "show the compiler's warnings", no_effect=NO_CPP),
    Flag("cmodule.debug", BoolParam(False), "define DEBUG in the C code", no_effect=NO_CPP),
    Flag("cmodule.preload_cache", BoolParam(False, None, False), "load all cached modules at import",
         no_effect="a function is loaded when it is wanted"),
    Flag("cmodule.remove_gxx_opt", BoolParam(False), "leave -O flags out of the compiler call",
         no_effect=NO_CPP),
    Flag("cmodule.warn_no_version", BoolParam(False), "warn when C code cannot be cached", no_effect=NO_CPP),
    Flag("blas.ldflags", StrParam(""), "linker flags for BLAS", no_effect=BLAS),
    Flag("blas.check_openmp", BoolParam(True), "look for clashing OpenMP runtimes", no_effect=BLAS),
    Flag("ctc.root", StrParam("", None, False), "folder where warp-ctc is installed", no_effect=NO_CPP),
    Flag("lib.amdlibm", BoolParam(False), "link AMD's math library", no_effect=NO_CPP),

    # Notices about faults of old versions
    Flag("warn.ignore_bug_before", EnumStr("0.9", *VERSIONS, allow_override=False),
         "no notices about faults mended before this version", no_effect=NEVER),
    *(Flag(f"warn.{name}", BoolParam(shown), f"notice about {what}", no_effect=NEVER)
      for name, shown, what in (
          ("argmax_pushdown_bug", False, "an old wrong rewrite of argmax"),
          ("gpu_set_subtensor1", False, "an old wrong set_subtensor on the GPU"),
          ("gpusum_01_011_0111_bug", False, "an old wrong sum on the GPU"),
          ("identify_1pexp_bug", False, "an old wrong recognition of 1 + exp(x)"),
          ("inc_set_subtensor1", False, "old wrong results of advanced indexing"),
          ("inc_subtensor1_opt", True, "an old wrong rewrite with repeated indices"),
          ("reduce_join", False, "an old wrong reduction of a join"),
          ("round", False, "a change in how round() treats halves"),
          ("signal_conv2d_interface", False, "a change in the arguments of signal.conv.conv2d"),
          ("subtensor_merge_bug", False, "an old wrong merge of two slicings"),
          ("sum_div_dimshuffle_bug", False, "an old wrong sum of a quotient"),
          ("sum_sum_bug", False, "an old wrong merge of two sums"),
          ("vm_gc_bug", False, "an old fault in freeing intermediate results"))),
)
# fmt: on
