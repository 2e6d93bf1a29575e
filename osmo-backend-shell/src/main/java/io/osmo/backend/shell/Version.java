// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version =
                Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "built from sources");
        return new String[] {"osmo-backend " + version};
    }
}
