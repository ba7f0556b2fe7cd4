//! Options of `transom run`, which a bundle has too.

use super::detach;
use crate::arguments::{CompilerOptions, Values, VmOptions};
use crate::live::LiveOptions;
use crate::report::Format;

/// All of them.
#[derive(Default)]
pub struct Run {
    pub compiler: CompilerOptions,
    pub vm: VmOptions,
    pub live: LiveOptions,
    pub detached: detach::Options,
    /// `-s MOD[:FUN]`
    pub starts: Vec<String>,
    /// `--format`
    pub format: Format,
}

impl Run {
    /// Takes an option; false when it is none of these.
    pub fn take(
        &mut self,
        option: &lexopt::Arg<'_>,
        values: &mut Values<'_>,
    ) -> Result<bool, String> {
        if *option == lexopt::Arg::Short('s') {
            self.starts
                .push(values.text()?.to_string_lossy().into_owned());
            return Ok(true);
        }
        if *option == lexopt::Arg::Long("format") {
            self.format = Format::parse(&values.text()?.to_string_lossy())?;
            return Ok(true);
        }
        Ok(
            self.compiler.take(option, &mut || values.text())?
                || self.take_of_vm(option, values)?,
        )
    }

    /// Takes an option that says how the VM runs, not what.
    pub fn take_of_vm(
        &mut self,
        option: &lexopt::Arg<'_>,
        values: &mut Values<'_>,
    ) -> Result<bool, String> {
        match option {
            lexopt::Arg::Long("no-control") => self.live.no_control = true,
            lexopt::Arg::Long("watch") => self.live.watch = true,
            lexopt::Arg::Long("name") => {
                let name = values.text()?.to_string_lossy().into_owned();
                self.vm.name(&name);
                self.live.name = Some(name);
            }
            lexopt::Arg::Long("metrics-port") => {
                let text = values.text()?.to_string_lossy().into_owned();
                let port = text.parse();
                let wrong = |_| format!("--metrics-port takes a port (0 for any), not '{text}'");
                self.live.metrics_port = Some(port.map_err(wrong)?);
            }
            lexopt::Arg::Long("metrics-token") => {
                self.live.metrics_token = Some(values.text()?.into());
            }
            _ => return Ok(self.detached.take(option, values)? || self.vm.take(option, values)?),
        }
        Ok(true)
    }

    /// Whether the VM goes on after `start/0`.
    pub fn stays(&self) -> bool {
        self.live.name.is_some() || self.live.watch || self.detached.wanted()
    }
}
