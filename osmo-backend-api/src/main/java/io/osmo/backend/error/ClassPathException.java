// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.List;

/** Jars on the class path are incompatible, usually because several versions of a vendor's SDK are mixed. */
public final class ClassPathException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<String> jars;

    private ClassPathException(List<String> jars, LinkageError error) {
        super(
                "jars on the class path do not fit together: " + error
                        + (jars.isEmpty() ? "" : "; involved are " + String.join(", ", jars)),
                "Use one version for all jars of that SDK: import osmo-backend-bom before other BOMs, or set the version that"
                        + " mvn dependency:tree shows twice. A jar that packs several jars into one must not mix versions either.",
                error);
        this.jars = jars;
    }

    /** Names the jars that were involved when a class or method was missing. */
    public static ClassPathException of(LinkageError error) {
        return new ClassPathException(InvolvedJars.of(error), error);
    }

    /** File names of the involved jars; one of them is too old or too new. */
    public List<String> jars() {
        return jars;
    }
}
