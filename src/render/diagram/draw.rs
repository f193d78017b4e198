//! Draws Mermaid diagrams, in the colours of the theme.

use std::time::Duration;

use merman::svg::{
    DeterministicTextMeasurer, HostTheme, HostThemeAppearance, MeasurementProfileId, Presentation,
    RenderResourcePolicy, ResourceLimitId, SvgPipeline, TextMeasurementPolicy,
    TextMeasurementProfile, TextMeasurementProfileIdentity, TextStyle, ThemeRole,
};
use merman::{
    Engine, MermaidConfig, OperationControl, RenderOutput, RenderRequest, Renderer, SvgEnvironment,
    SvgRequest,
};

use super::Ground;

/// Pictures cannot use the fonts of a site. These have the same widths on most systems.
const FONTS: &str = "Arial, Helvetica, \"Liberation Sans\", Arimo, sans-serif";
/// The widths of the printable characters of ASCII in these fonts, in thousandths of their size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// The width of a letter of another alphabet, and of an ideograph.
const LETTER: f64 = 0.6;
const IDEOGRAPH: f64 = 1.0;
/// Space for a font that is somewhat wider, and for bold text.
const SPARE: f64 = 1.06;
const BOLD: f64 = 1.08;

/// Longer sources are not drawn.
const MAX_SOURCE: usize = 64 * 1024;
/// How many nodes, edges and the like a diagram may have: people can read fewer, and the time of
/// drawing is quadratic. It stops the same diagrams everywhere, as the clock would not.
const MAX_ITEMS: usize = 500;
/// In case that a diagram takes long in spite of the limits.
const MAX_TIME: Duration = Duration::from_secs(20);

/// The colours of the parts of a diagram, on a light ground and on a dark one.
const COLORS: [(ThemeRole, &str, &str); 19] = [
    (ThemeRole::Canvas, "#ffffff", "#111618"),
    (ThemeRole::Surface, "#f6f8f8", "#1d2427"),
    (ThemeRole::SurfaceAlt, "#eaf0f1", "#242d31"),
    (ThemeRole::SurfaceMuted, "#f1f4f5", "#20282b"),
    (ThemeRole::Text, "#1c2427", "#d9e0e3"),
    (ThemeRole::SubtleText, "#525f65", "#9aa7ad"),
    (ThemeRole::Border, "#7f8d92", "#6d7c82"),
    (ThemeRole::Line, "#525f65", "#9aa7ad"),
    (ThemeRole::EdgeLabelBackground, "#ffffff", "#111618"),
    (ThemeRole::ClusterBackground, "#f9fbfb", "#151b1d"),
    (ThemeRole::ClusterBorder, "#b4bfc2", "#4b585e"),
    (ThemeRole::NoteBackground, "#fff6d6", "#3a3011"),
    (ThemeRole::NoteBorder, "#d8b95a", "#8a7226"),
    (ThemeRole::NoteText, "#1c2427", "#f1e6c3"),
    (ThemeRole::ActorBackground, "#eaf0f1", "#242d31"),
    (ThemeRole::ActorBorder, "#7f8d92", "#6d7c82"),
    (ThemeRole::ActorText, "#1c2427", "#d9e0e3"),
    (ThemeRole::ActivationBackground, "#dde5e7", "#2f3a3f"),
    (ThemeRole::ActivationBorder, "#7f8d92", "#6d7c82"),
];
/// The colours of what belongs together: the text of each ground is readable on its own ones, and
/// they stand out from the ground.
const SERIES: [(&str, &str); 8] = [
    ("#5c98d2", "#2f6ea3"),
    ("#4fa676", "#2b7a50"),
    ("#c48d3c", "#8a6420"),
    ("#a487d6", "#7a5bb0"),
    ("#43a3ab", "#2a7882"),
    ("#d5875c", "#a0562c"),
    ("#dc807a", "#a8514a"),
    ("#8c9f4a", "#667a2a"),
];

/// An SVG file; none for what is not drawn.
pub(super) fn draw(source: &str, ground: Ground) -> Option<String> {
    if source.len() > MAX_SOURCE {
        return None;
    }
    let look = Presentation::new().with_theme(theme(ground)?).resolve();
    // The other look has shadows, which shine on a dark ground.
    let mut config = MermaidConfig::empty_object();
    config.set_value("look", "classic".into());
    let engine = look.materialize_engine(Engine::new().with_site_config(config));
    let request = SvgRequest {
        environment: environment()?,
        // Labels as text: as HTML, not every program shows them in a picture.
        pipeline: Some(SvgPipeline::resvg_safe()),
        presentation: look.render_policy(),
        ..SvgRequest::default()
    };
    let control = OperationControl::new().with_deadline(MAX_TIME);
    let request = RenderRequest::svg(source, control, request);
    match Renderer::new().with_engine(engine).render(request) {
        Ok(RenderOutput::Svg(Some(output))) => Some(output.svg().to_owned()),
        _ => None,
    }
}

fn environment() -> Option<SvgEnvironment> {
    let limits = RenderResourcePolicy::interactive();
    let limits = limits.with_limit(ResourceLimitId::MaxModelItems, MAX_ITEMS).ok()?;
    let name = MeasurementProfileId::new("docgen").ok()?;
    let name = TextMeasurementProfileIdentity::new(name, env!("CARGO_PKG_VERSION")).ok()?;
    let measurer = DeterministicTextMeasurer::default().with_width_callback(width);
    let policy = TextMeasurementPolicy::uniform(TextMeasurementProfile::new(name, measurer));
    let environment = SvgEnvironment::deterministic().with_resource_policy(limits);
    Some(environment.with_text_measurement_policy(policy))
}

fn theme(ground: Ground) -> Option<HostTheme> {
    let (is_dark, appearance) = match ground {
        Ground::Light => (false, HostThemeAppearance::Light),
        Ground::Dark => (true, HostThemeAppearance::Dark),
    };
    let pick = |light, dark| if is_dark { dark } else { light };
    let mut theme =
        HostTheme::new().with_appearance(appearance).try_with_font_family(FONTS).ok()?;
    for (role, light, dark) in COLORS {
        theme = theme.try_with_role(role, pick(light, dark)).ok()?;
    }
    theme.try_with_series_palette(SERIES.map(|(light, dark)| pick(light, dark))).ok()
}

/// The width of a text.
fn width(text: &str, style: &TextStyle) -> f64 {
    let bold = style.font_weight.as_deref().is_some_and(|weight| {
        weight.starts_with("bold") || weight.parse().is_ok_and(|weight: u32| weight >= 600)
    });
    let em: f64 = text.chars().map(advance).sum();
    em * style.font_size * SPARE * if bold { BOLD } else { 1.0 }
}

/// The width of a character, as a part of the size of its font.
fn advance(character: char) -> f64 {
    let code = u32::from(character);
    let ascii = code.checked_sub(0x20).and_then(|at| WIDTHS.get(at as usize));
    match code {
        _ if ascii.is_some() => ascii.map_or(0.0, |width| f64::from(*width) / 1000.0),
        // Controls, accents that are written on letters, and what joins or separates letters.
        ..0x20 | 0xad | 0x300..0x370 | 0x200b..0x2010 | 0xfe00..0xfe10 => 0.0,
        0x1100..0x1200 | 0x2e80..0xffdd | 0x1_f000.. => IDEOGRAPH,
        _ => LETTER,
    }
}
