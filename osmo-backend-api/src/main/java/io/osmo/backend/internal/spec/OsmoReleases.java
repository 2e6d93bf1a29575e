// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The OSMO releases that this library knows, with the names that OSMO's documentation gives to the Helm release and its namespace.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/tree/6.3.1/deployments/charts/backend-operator">chart of 6.3</a>
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/docs/deployment_guide/install_backend/deploy_backend.rst">chart of 6.4</a>
 */
public enum OsmoReleases {
    /** Charts {@code service} and {@code backend-operator}. */
    V6_3("6.3", 1, "osmo-operator"),
    /** The one chart {@code osmo}, of which a backend gets the compute plane. */
    V6_4("6.4", 0, "osmo-compute");

    private static final Pattern RELEASE = Pattern.compile("(\\d{1,3}\\.\\d{1,3})\\.(\\d{1,4})(-[0-9A-Za-z.-]{1,40})?");

    private final String minor;
    private final int firstPatch;
    private final String documentedName;

    OsmoReleases(String minor, int firstPatch, String documentedName) {
        this.minor = minor;
        this.firstPatch = firstPatch;
        this.documentedName = documentedName;
    }

    /** The minor release that a release such as {@code 6.3.1} or {@code 6.4.0-rc1} belongs to; empty if it is not supported. */
    public static Optional<OsmoReleases> of(String release) {
        Matcher parts = RELEASE.matcher(release);
        return parts.matches()
                ? Arrays.stream(values())
                        .filter(known -> known.minor.equals(parts.group(1))
                                && Integer.parseInt(parts.group(2)) >= known.firstPatch)
                        .findFirst()
                : Optional.empty();
    }

    /** For people, such as {@code 6.3.1 and later patches of 6.3; …}. */
    public static String supported() {
        return Arrays.stream(values())
                .map(known -> known.minor + "." + known.firstPatch + " and later patches of " + known.minor)
                .collect(Collectors.joining("; "));
    }

    /** One release of each minor release. */
    public static List<String> examples() {
        return Arrays.stream(values())
                .map(known -> known.minor + "." + known.firstPatch)
                .toList();
    }

    /** Name of the Helm release of the operator, as documented. */
    public String helmRelease() {
        return documentedName;
    }

    /** Namespace of the operator, as documented. */
    public String operatorNamespace() {
        return documentedName;
    }

    /** Name of the token Secret, as documented. */
    public String tokenSecretName(String backendName) {
        return this == V6_3 ? "osmo-backend-token-default" : "osmo-" + backendName + "-backend-token";
    }
}
