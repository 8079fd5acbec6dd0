// A host in Rust: repeats the run that DigestTests.swift describes and prints the digest of every bit
// of its results.
use std::ffi::{c_char, CStr};
use std::ptr::null_mut;

#[repr(C)]
#[derive(Clone, Copy)]
struct Shape {
    depth: i32,
    has_biases: i32,
}

#[link(name = "singlepath", kind = "static")]
extern "C" {
    fn sp_build_description() -> *const c_char;
    fn sp_status_string(status: i32) -> *const c_char;
    fn sp_parameter_count(shape: Shape) -> isize;
    fn sp_train(
        shape: Shape, count: isize, frames: isize, parameters: *mut f32, parameter_stride: isize,
        inputs: *const f32, input_stride: isize, input_step: isize, targets: *const f32,
        target_stride: isize, rates: *const f32, rate_step: isize, verdicts: *mut u8,
        diverged: *mut isize,
    ) -> i32;
    fn sp_predict(
        shape: Shape, count: isize, frames: isize, parameters: *const f32, parameter_stride: isize,
        inputs: *const f32, input_stride: isize, input_step: isize, outputs: *mut f32,
        output_stride: isize,
    ) -> i32;
    fn sp_cost(
        shape: Shape, count: isize, frames: isize, parameters: *const f32, parameter_stride: isize,
        inputs: *const f32, input_stride: isize, input_step: isize, targets: *const f32,
        target_stride: isize, costs: *mut f32,
    ) -> i32;
}

const COUNT: usize = 67;
const FRAMES: usize = 9;

struct Sequence(u32);

impl Sequence {
    fn numbers(&mut self, count: usize) -> Vec<f32> {
        (0..count)
            .map(|_| {
                self.0 = self.0.wrapping_mul(1664525).wrapping_add(1013904223);
                ((self.0 >> 8) as i32 - 0x800000) as f32 / 4194304.0
            })
            .collect()
    }
}

fn words(text: *const c_char) -> String {
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

fn checked(status: i32) {
    assert!(status == 0, "{}", words(unsafe { sp_status_string(status) }));
}

/// Returns the bytes of the results.
fn run(shape: Shape, sequence: &mut Sequence) -> Vec<u8> {
    let (n, t) = (COUNT as isize, FRAMES as isize);
    let mut parameters = sequence.numbers(unsafe { sp_parameter_count(shape) } as usize * COUNT);
    let mut x = sequence.numbers(FRAMES * COUNT);
    let mut y = sequence.numbers(FRAMES * COUNT);
    y.iter_mut().step_by(11).for_each(|value| *value = f32::NAN);
    x[5] = f32::INFINITY;
    let mut verdicts = [0u8; COUNT];
    let mut outputs = vec![0f32; FRAMES * COUNT];
    let mut costs = vec![0f32; COUNT];
    unsafe {
        checked(sp_train(
            shape, n, t, parameters.as_mut_ptr(), n, x.as_ptr(), n, 1, y.as_ptr(), n, &0.25, 0,
            verdicts.as_mut_ptr(), null_mut(),
        ));
        checked(sp_predict(
            shape, n, t, parameters.as_ptr(), n, x.as_ptr(), n, 1, outputs.as_mut_ptr(), n,
        ));
        checked(sp_cost(
            shape, n, t, parameters.as_ptr(), n, x.as_ptr(), n, 1, y.as_ptr(), n,
            costs.as_mut_ptr(),
        ));
    }
    let bytes = |values: &[f32]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    [bytes(&parameters), verdicts.to_vec(), bytes(&outputs), bytes(&costs)].concat()
}

fn main() {
    let mut sequence = Sequence(1);
    let mut digest: u64 = 0xCBF29CE484222325;
    for depth in 1..=8 {
        for has_biases in 0..=1 {
            for byte in run(Shape { depth, has_biases }, &mut sequence) {
                digest = (digest ^ byte as u64).wrapping_mul(0x100000001B3);
            }
        }
    }
    println!("0x{digest:016x} {}", words(unsafe { sp_build_description() }));
}
