// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.internal.catalog.StandardCatalog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Identifies what produced a report: the release of this library and its checks. Reports with the same catalog can be compared line by
 * line.
 *
 * @param library version of {@code osmo-backend-verify}; {@value #UNRELEASED} if it does not run from a released jar
 * @param version digest of the ids, titles and severities of all checks that were known, whether or not they were selected
 * @param checks how many checks were known
 */
public record Catalog(String library, String version, int checks) {
    static final String UNRELEASED = "unreleased";
    /** The Javadoc of each release, which has a page with all checks. */
    private static final String PAGE = "https://javadoc.io/doc/io.osmo.backend/osmo-backend-verify/%s"
            + "/io/osmo/backend/verify/check/doc-files/checks.html";

    private static final Set<String> DOCUMENTED =
            StandardCatalog.checks().stream().map(Check::id).collect(Collectors.toUnmodifiableSet());

    /** The catalog of these checks and of this library's release. */
    public static Catalog of(Collection<Check> checks) {
        CRC32 digest = new CRC32();
        checks.stream()
                .map(check -> check.id() + "\t" + check.severity() + "\t" + check.title() + "\n")
                .sorted()
                .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        return new Catalog(
                Optional.ofNullable(Catalog.class.getPackage().getImplementationVersion())
                        .orElse(UNRELEASED),
                String.format("%08x", digest.getValue()),
                checks.size());
    }

    /** This catalog with additional checks of the host. */
    public Catalog with(Collection<Check> added) {
        CRC32 digest = new CRC32();
        digest.update((version + of(added).version).getBytes(StandardCharsets.UTF_8));
        return new Catalog(library, String.format("%08x", digest.getValue()), checks + added.size());
    }

    /** The page that documents the checks of this library. */
    public URI documentation() {
        return URI.create(String.format(PAGE, library.equals(UNRELEASED) ? "latest" : library));
    }

    /** Where a check is documented; empty for a check of the host. */
    public Optional<URI> documentation(String check) {
        return DOCUMENTED.contains(check) ? Optional.of(URI.create(documentation() + "#" + check)) : Optional.empty();
    }

    /** A description, such as {@code osmo-backend-verify 0.1.0, catalog 3f9a1c2e with 170 checks}. */
    @Override
    public String toString() {
        return "osmo-backend-verify " + library + ", catalog " + version + " with " + checks + " checks";
    }
}
