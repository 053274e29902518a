"""``theano.config``: the flags, where their values come from, and how they are changed."""

from theano.configuration_flags import Flag
from theano.configuration_values import ConfigParam
from typing import Any
from typing import Iterable
from typing import Mapping

class _Traceback:
    limit: int
    compile_limit: int
class _Optdb:
    max_use_ratio: float
    position_cutoff: float
class _Tensor:
    local_elemwise_fusion: bool
    cmp_sloppy: int
    insert_inplace_optimizer_validate_nb: int
class _Conv:
    assert_shape: bool
    method: str
class _Experimental:
    local_alloc_elemwise: bool
    local_alloc_elemwise_assert: bool
    unpickle_gpu_on_cpu: bool
class _Scan:
    allow_gc: bool
    allow_output_prealloc: bool
    debug: bool
class _Vm:
    lazy: str
class _Numpy:
    seterr_all: str
    seterr_divide: str
    seterr_invalid: str
    seterr_over: str
    seterr_under: str
class _Compile:
    timeout: int
    wait: int
class _Debugmode:
    check_c: bool
    check_py: bool
    check_finite: bool
    check_preallocated_output: str
    check_preallocated_output_ndim: int
    check_strides: int
    patience: int
    warn_input_not_reused: bool
class _Nanguardmode:
    action: str
    nan_is_error: bool
    inf_is_error: bool
    big_is_error: bool
class _Unittests:
    rseed: str
class _Profiling:
    debugprint: bool
    destination: str
    ignore_first_call: bool
    min_memory_size: int
    min_peak_memory: bool
    n_apply: int
    n_ops: int
    output_line_width: int
    time_thunks: bool
class _Gpu:
    local_elemwise_fusion: bool
class _Gpuarray:
    cache_path: str
    preallocate: float
    sched: str
    single_stream: bool
    sync: bool
class _Gpuelemwise:
    sync: bool
class _Cuda:
    root: str
    include_path: str
class _Dnn:
    enabled: str
    base_path: str
    bin_path: str
    include_path: str
    library_path: str
    conv: _DnnConv
class _DnnConv:
    algo_fwd: str
    algo_bwd_data: str
    algo_bwd_filter: str
    precision: str
    algo_bwd: str
    workmem: str
    workmem_bwd: str
class _Magma:
    enabled: bool
    include_path: str
    library_path: str
class _Metaopt:
    verbose: int
    optimizer_excluding: str
    optimizer_including: str
class _Gcc:
    cxxflags: str
class _Cmodule:
    age_thresh_use: int
    compilation_warning: bool
    debug: bool
    preload_cache: bool
    remove_gxx_opt: bool
    warn_no_version: bool
class _Blas:
    ldflags: str
    check_openmp: bool
class _Ctc:
    root: str
class _Lib:
    amdlibm: bool
class _Warn:
    ignore_bug_before: str
    argmax_pushdown_bug: bool
    gpu_set_subtensor1: bool
    gpusum_01_011_0111_bug: bool
    identify_1pexp_bug: bool
    inc_set_subtensor1: bool
    inc_subtensor1_opt: bool
    reduce_join: bool
    round: bool
    signal_conv2d_interface: bool
    subtensor_merge_bug: bool
    sum_div_dimshuffle_bug: bool
    sum_sum_bug: bool
    vm_gc_bug: bool
class FixedFlagError(Exception):
    """Assignment to a flag that is read only once."""
class ConfigSection:
    """Flags as attributes. Sections, such as ``config.scan``, are attributes of the section around them."""
    def __init__(self, flags: dict[str, Flag], prefix: str) -> None: ...
class TheanoConfigParser(ConfigSection):
    """All flags, as read from the environment variables and files of the moment."""
    floatX: str
    cast_policy: str
    int_division: str
    warn_float64: str
    compute_test_value: str
    compute_test_value_opt: str
    print_test_value: bool
    pickle_test_value: bool
    traceback: _Traceback
    mode: str
    linker: str
    optimizer: str
    optimizer_excluding: str
    optimizer_including: str
    optimizer_requiring: str
    optimizer_verbose: bool
    optdb: _Optdb
    on_opt_error: str
    on_shape_error: str
    on_unused_input: str
    tensor: _Tensor
    cycle_detection: str
    conv: _Conv
    experimental: _Experimental
    allow_gc: bool
    scan: _Scan
    vm: _Vm
    check_input: bool
    check_stack_trace: str
    deterministic: str
    reoptimize_unpickled_function: bool
    unpickle_function: bool
    threads: int
    openmp: bool
    openmp_elemwise_minsize: int
    exception_verbosity: str
    numpy: _Numpy
    cache: bool
    cache_max_bytes: int
    base_compiledir: str
    compiledir_format: str
    compiledir: str
    cache_optimizations: bool
    compile: _Compile
    DebugMode: _Debugmode
    NanGuardMode: _Nanguardmode
    unittests: _Unittests
    profile: bool
    profile_memory: bool
    profile_optimizer: bool
    print_global_stats: bool
    profiling: _Profiling
    device: str
    force_device: bool
    init_gpu_device: str
    contexts: str
    assert_no_cpu_op: str
    print_active_device: bool
    gpu: _Gpu
    gpuarray: _Gpuarray
    gpuelemwise: _Gpuelemwise
    cuda: _Cuda
    dnn: _Dnn
    magma: _Magma
    metaopt: _Metaopt
    cxx: str
    gcc: _Gcc
    nocleanup: bool
    cmodule: _Cmodule
    blas: _Blas
    ctc: _Ctc
    lib: _Lib
    warn: _Warn
    def __init__(self, environ: Mapping[str, str] = ...) -> None: ...
    def change_flags(self, args: Any = ..., **kwargs: object) -> FlagChange:
        """As the function change_flags."""
def accept_change(flag: Flag, value: object) -> object:
    """The value to be kept when ``value`` is assigned to the flag in a running program."""
class FlagChange:
    """Other values for some flags: inside a ``with`` block, or inside each call of a decorated function."""
    def __init__(self, config: TheanoConfigParser, values: Mapping[str, object]) -> None: ...
    def __call__(self, function: Any) -> Any: ...
    def __enter__(self) -> None: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, where: Any) -> None: ...
class MachineFacts:
    """Values for the keys of compiledir_format, each found out when it is asked for."""
    def __getitem__(self, key: str) -> str: ...
def machine_name() -> Any:
    """System, release and machine.  Every start asks, and ``platform`` takes as long as reading a function."""
config: TheanoConfigParser
class change_flags(FlagChange):
    """Other values of some flags for a while."""
    def __init__(self, args: Any = ..., **kwargs: object) -> None: ...
def AddConfigVar(name: str, doc: str, configparam: ConfigParam, root: TheanoConfigParser = ..., in_c_key: bool = True) -> None:
    """Make a flag of one's own, with the value that THEANO_FLAGS or a file sets for it."""
def fetch_val_for_key(key: str, delete_key: bool = False) -> str:
    """The text that THEANO_FLAGS or a file sets for the flag ``key``; KeyError if none does."""
def compilation_key(config: TheanoConfigParser = ...) -> tuple[tuple[str, object], ...]:
    """Names and values of the flags that change what a graph is compiled to."""
def get_config_hash() -> str:
    """compilation_key as a short text."""
def thread_count(config: TheanoConfigParser = ..., environ: Mapping[str, str] = ...) -> int:
    """How many threads may share a loop: the flag, else OMP_NUM_THREADS, else the cores of this process."""
def numpy_error_settings(config: TheanoConfigParser = ...) -> dict[str, Any]:
    """Arguments of np.seterr that the flags numpy.seterr_* ask for."""
def flag_table(flags: Iterable[Flag] = ...) -> str:
    """All flags as a Markdown table, in the order of their names."""
def shown_default(flag: Flag) -> str:
    """The default as one would write it, before the machine's folders are filled in."""
