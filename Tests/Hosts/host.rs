// A host in Rust. Prints a digest of the results.
//
//   host                repeats the run that DigestTests.swift describes
//   host fit            repeats the fits that DigestTests.swift describes
//   host PLATE.csv      trains a path on each well's growth curve
//   host layout TABLE   compares its structs with the table of layout.c
use std::error::Error;
use std::ffi::{c_char, CStr};
use std::mem::size_of;
use std::ptr::{null, null_mut};

#[repr(C)]
#[derive(Clone, Copy)]
struct Shape {
    depth: i32,
    has_biases: i32,
    sigmoid: i32,
    hidden: i32,
    output: i32,
    cost: i32,
    threshold: f32,
    reserved: [i32; 5],
}

impl Shape {
    /// With the derivation's activations and cost.
    fn new(depth: i32, has_biases: i32) -> Shape {
        let sigmoid = SP_SIGMOID_POLYNOMIAL;
        Shape { depth, has_biases, sigmoid, hidden: 0, output: 0, cost: 0, threshold: 0.0, reserved: [0; 5] }
    }
}

#[repr(C)]
struct Options {
    weights: *const f32,
    weight_stride: isize,
    weight_step: isize,
    lengths: *const u32,
    batch: usize,
    gradient_limit: f32,
    frozen: *const u16,
    frozen_step: isize,
    lower: *const f32,
    upper: *const f32,
    bound_stride: isize,
    bound_step: isize,
    reserved: [u64; 4],
}

#[repr(C)]
struct Fitting {
    start: i32,
    standard_errors: i32,
    max_passes: u32,
    reserved: [u32; 5],
}

/// The lines of layout.c's table for a struct of this file.
macro_rules! layout {
    ($name:literal, $type:ty, $($field:ident),+) => {{
        let value = std::mem::MaybeUninit::<$type>::zeroed();
        let base = value.as_ptr();
        let mut lines = vec![format!("{} {}", $name, size_of::<$type>())];
        $(
            let field = unsafe { std::ptr::addr_of!((*base).$field) } as usize;
            lines.push(format!("{}.{} {}", $name, stringify!($field), field - base as usize));
        )+
        lines
    }};
}

fn check_layout(path: &str) -> Result<(), Box<dyn Error>> {
    let table = std::fs::read_to_string(path)?;
    let own = [
        layout!("sp_shape", Shape, depth, has_biases, sigmoid, hidden, output, cost, threshold, reserved),
        layout!(
            "sp_options", Options, weights, weight_stride, weight_step, lengths, batch, gradient_limit,
            frozen, frozen_step, lower, upper, bound_stride, bound_step, reserved
        ),
        layout!("sp_fitting", Fitting, start, standard_errors, max_passes, reserved),
    ]
    .concat();
    let declared = ["sp_shape", "sp_options", "sp_fitting"];
    let is_declared = |line: &&str| declared.iter().any(|name| line.starts_with(name));
    let expected = table.lines().filter(is_declared);
    if !expected.eq(own.iter()) {
        return Err(format!("the structs differ from the table: {own:?}").into());
    }
    println!("the structs are those of the table");
    Ok(())
}

const SP_SIGMOID_POLYNOMIAL: i32 = 0;
const SP_FITTED_ROWS: usize = 4;

#[link(name = "singlepath", kind = "static")]
extern "C" {
    fn sp_build_description() -> *const c_char;
    fn sp_status_string(status: i32) -> *const c_char;
    fn sp_parameter_count(shape: Shape) -> isize;
    fn sp_initialise(
        shape: Shape, count: isize, parameters: *mut f32, parameter_stride: isize, seed: u64,
        lower: f32, upper: f32,
    ) -> i32;
    fn sp_train(
        shape: Shape, count: isize, frames: isize, parameters: *mut f32, parameter_stride: isize,
        inputs: *const f32, input_stride: isize, input_step: isize, targets: *const f32,
        target_stride: isize, rates: *const f32, rate_step: isize, verdicts: *mut u8,
        diverged: *mut isize, options: *const Options,
    ) -> i32;
    fn sp_predict(
        shape: Shape, count: isize, frames: isize, parameters: *const f32, parameter_stride: isize,
        inputs: *const f32, input_stride: isize, input_step: isize, outputs: *mut f32,
        output_stride: isize,
    ) -> i32;
    fn sp_cost(
        shape: Shape, count: isize, frames: isize, parameters: *const f32, parameter_stride: isize,
        inputs: *const f32, input_stride: isize, input_step: isize, targets: *const f32,
        target_stride: isize, costs: *mut f32, options: *const Options,
    ) -> i32;
    fn sp_fit(
        shape: Shape, count: isize, frames: isize, parameters: *mut f32, parameter_stride: isize,
        inputs: *const f32, input_stride: isize, input_step: isize, targets: *const f32,
        target_stride: isize, verdicts: *mut u8, rows: *mut f32, row_stride: isize,
        fitting: *const Fitting, options: *const Options,
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

fn bytes(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn samples(sequence: &mut Sequence) -> (Vec<f32>, Vec<f32>) {
    let mut x = sequence.numbers(FRAMES * COUNT);
    let mut y = sequence.numbers(FRAMES * COUNT);
    y.iter_mut().step_by(11).for_each(|value| *value = f32::NAN);
    x[5] = f32::INFINITY;
    (x, y)
}

/// Returns the bytes of the results.
fn fit(shape: Shape, sequence: &mut Sequence) -> Vec<u8> {
    let (n, t) = (COUNT as isize, FRAMES as isize);
    let planes = unsafe { sp_parameter_count(shape) } as usize;
    let mut parameters = sequence.numbers(planes * COUNT);
    let (x, y) = samples(sequence);
    let mut verdicts = [0u8; COUNT];
    let mut rows = vec![0f32; (SP_FITTED_ROWS + planes) * COUNT];
    let fitting = Fitting { start: 0, standard_errors: 1, max_passes: 0, reserved: [0; 5] };
    unsafe {
        checked(sp_fit(
            shape, n, t, parameters.as_mut_ptr(), n, x.as_ptr(), n, 1, y.as_ptr(), n,
            verdicts.as_mut_ptr(), rows.as_mut_ptr(), n, &fitting, null(),
        ));
    }
    [bytes(&parameters), verdicts.to_vec(), bytes(&rows)].concat()
}

fn fit_all() -> Vec<u8> {
    let mut sequence = Sequence(1);
    let mut results = Vec::new();
    for depth in 1..=8 {
        for has_biases in [0, 1] {
            let shape = Shape::new(depth, has_biases);
            results.extend(fit(shape, &mut sequence));
            let (hidden, output, cost) = (depth % 6, depth % 4, depth % 3);
            results.extend(fit(Shape { hidden, output, cost, threshold: 0.5, ..shape }, &mut sequence));
        }
    }
    results
}

/// Returns the bytes of the results.
fn run(shape: Shape, sequence: &mut Sequence) -> Vec<u8> {
    let (n, t) = (COUNT as isize, FRAMES as isize);
    let mut parameters = sequence.numbers(unsafe { sp_parameter_count(shape) } as usize * COUNT);
    let (x, y) = samples(sequence);
    let mut verdicts = [0u8; COUNT];
    let mut outputs = vec![0f32; FRAMES * COUNT];
    let mut costs = vec![0f32; COUNT];
    unsafe {
        checked(sp_train(
            shape, n, t, parameters.as_mut_ptr(), n, x.as_ptr(), n, 1, y.as_ptr(), n, &0.25, 0,
            verdicts.as_mut_ptr(), null_mut(), null(),
        ));
        checked(sp_predict(
            shape, n, t, parameters.as_ptr(), n, x.as_ptr(), n, 1, outputs.as_mut_ptr(), n,
        ));
        checked(sp_cost(
            shape, n, t, parameters.as_ptr(), n, x.as_ptr(), n, 1, y.as_ptr(), n,
            costs.as_mut_ptr(), null(),
        ));
    }
    [bytes(&parameters), verdicts.to_vec(), bytes(&outputs), bytes(&costs)].concat()
}

fn run_all() -> Vec<u8> {
    let mut sequence = Sequence(1);
    (1..=8)
        .flat_map(|depth| [0, 1].map(|has_biases| Shape::new(depth, has_biases)))
        .flat_map(|shape| run(shape, &mut sequence))
        .collect()
}

/// Reads "well,hours,density,…", the rows of a well one after another and all wells at the same hours.
fn read_plate(path: &str) -> Result<(Vec<f32>, Vec<Vec<f32>>), Box<dyn Error>> {
    let (mut hours, mut wells, mut last) = (Vec::new(), Vec::<Vec<f32>>::new(), String::new());
    for line in std::fs::read_to_string(path)?.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        if fields[0] != last {
            last = fields[0].to_string();
            wells.push(Vec::new());
        }
        if wells.len() == 1 {
            hours.push(fields[1].parse()?);
        }
        wells.last_mut().ok_or("no well")?.push(fields[2].parse()?);
    }
    Ok((hours, wells))
}

/// Divides by the largest.
fn scale(values: &mut [f32]) {
    let largest = values.iter().copied().fold(0.0, f32::max);
    values.iter_mut().for_each(|value| *value /= largest);
}

/// Trains a four-parameter logistic curve for each well; returns the bytes of the parameters.
fn train_plate(path: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let (mut x, wells) = read_plate(path)?;
    let mut y: Vec<f32> = (0..x.len()).flat_map(|t| wells.iter().map(move |well| well[t])).collect();
    scale(&mut x);
    scale(&mut y);
    let (n, t) = (wells.len() as isize, x.len() as isize);
    let shape = Shape::new(2, 1);
    let mut weights = vec![0f32; 4 * wells.len()];
    unsafe {
        checked(sp_initialise(shape, n, weights.as_mut_ptr(), n, 1, -1.0, 1.0));
        for _ in 0..1000 {
            checked(sp_train(
                shape, n, t, weights.as_mut_ptr(), n, x.as_ptr(), 1, 0, y.as_ptr(), n, &0.1, 0,
                null_mut(), null_mut(), null(),
            ));
        }
    }
    Ok(bytes(&weights))
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let results = match &arguments[..] {
        [layout, table] if layout == "layout" => return check_layout(table),
        [fit, ..] if fit == "fit" => fit_all(),
        [path, ..] => train_plate(path)?,
        [] => run_all(),
    };
    let digest = results.iter().fold(0xCBF29CE484222325u64, |digest, &byte| {
        (digest ^ byte as u64).wrapping_mul(0x100000001B3)
    });
    println!("0x{digest:016x} {}", words(unsafe { sp_build_description() }));
    Ok(())
}
