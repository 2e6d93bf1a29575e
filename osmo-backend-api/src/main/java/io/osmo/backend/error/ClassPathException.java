// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.List;

/** Jars on the class path do not fit together, as a rule because they are of several versions of a vendor's SDK. */
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

    /** Names the jars that were at work when a class or method was missing. */
    public static ClassPathException of(LinkageError error) {
        return new ClassPathException(InvolvedJars.of(error), error);
    }

    /** File names of the jars that were at work; the one that is too old or too new is among them. */
    public List<String> jars() {
        return jars;
    }
}
