// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.diagnosis.Diagnosis;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A backend named by an argument: the file of its spec, or its reference. */
sealed interface Target {
    /** Help text of the argument. */
    String DESCRIPTION =
            "A spec (YAML, or JSON if the name ends with .json; - for the standard input), or a reference: PROVIDER/REGION/NAME.";

    /** Names of providers, regions and backends match this. */
    Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** The name of a file rather than of a backend. */
    Pattern FILE = Pattern.compile("\\.(ya?ml|json)$");

    /** An example for messages. */
    String EXAMPLE = "aws/us-west-2/train-west";

    BackendRef ref();

    Plan planDestroy(OsmoBackends osmo);

    Optional<Backend> get(OsmoBackends osmo);

    Diagnosis diagnose(OsmoBackends osmo);

    /** @param file the spec; its settings determine how the cloud is reached, for example with which role */
    record OfSpec(SpecFile file) implements Target {
        @Override
        public BackendRef ref() {
            return file.spec().ref();
        }

        @Override
        public Plan planDestroy(OsmoBackends osmo) {
            return file.use(osmo::planDestroy);
        }

        @Override
        public Optional<Backend> get(OsmoBackends osmo) {
            return file.use(osmo::get);
        }

        @Override
        public Diagnosis diagnose(OsmoBackends osmo) {
            return file.use(osmo::diagnose);
        }
    }

    /** A reference; the cloud is reached with the credentials of the environment. */
    record OfRef(BackendRef ref) implements Target {
        @Override
        public Plan planDestroy(OsmoBackends osmo) {
            return osmo.planDestroy(ref);
        }

        @Override
        public Optional<Backend> get(OsmoBackends osmo) {
            return osmo.get(ref);
        }

        @Override
        public Diagnosis diagnose(OsmoBackends osmo) {
            return osmo.diagnose(ref);
        }
    }

    /** Whether a text has the form of a reference. */
    static boolean isReference(String text) {
        String[] parts = text.split("/", -1);
        return parts.length == 3
                && Stream.of(parts).allMatch(NAME.asMatchPredicate())
                && !FILE.matcher(text).find();
    }

    /** @throws UnusableException when the argument is neither a file nor a reference */
    static Target of(String argument) {
        if (argument.isBlank()) {
            throw new UnusableException(
                    "TARGET is empty. Give the file of a spec, or a reference such as " + EXAMPLE + ".");
        }
        Path file = InputFiles.path(argument);
        if (InputFiles.isStandardInput(file)
                || Files.exists(file)
                || FILE.matcher(argument).find()) {
            return new OfSpec(InputFiles.spec(file));
        }
        if (!isReference(argument)) {
            throw new UnusableException(
                    argument + " is not a file, and not a reference of the form PROVIDER/REGION/NAME" + " such as "
                            + EXAMPLE + ".");
        }
        String[] parts = argument.split("/", -1);
        return new OfRef(new BackendRef(parts[0], parts[1], parts[2]));
    }
}
