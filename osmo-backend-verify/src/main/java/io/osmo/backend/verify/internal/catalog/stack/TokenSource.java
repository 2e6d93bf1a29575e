// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.stack;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.SecretFacts;
import java.util.List;
import java.util.Optional;

/**
 * The Secret with the backend's token: the one that the operator mounts or, before it is installed, the one that is expected.
 *
 * @param key entry that holds the token
 * @param mounted whether an installed operator mounts it
 */
public record TokenSource(String namespace, String name, String key, boolean mounted) {
    /** Name of the volume in the chart of the operator. */
    private static final String VOLUME = "osmo-secret";

    public static TokenSource of(Evidence evidence) {
        Expectations expectations = evidence.expectations();
        String namespace = expectations.operatorNamespace();
        return OsmoOperator.of(evidence).known().orElse(List.of()).stream()
                .filter(d -> d.namespace().equals(namespace)
                        && OsmoOperator.main(d).flag("loginmethod").equals(Optional.of("token")))
                .flatMap(d -> OsmoOperator.template(d).secrets().known().orElse(List.of()).stream())
                .filter(volume ->
                        volume.volume().equals(VOLUME) && volume.keys().size() == 1)
                .findFirst()
                .map(volume -> new TokenSource(
                        namespace, volume.secret(), volume.keys().get(0), true))
                .orElse(new TokenSource(namespace, expectations.tokenSecretName(), "token", false));
    }

    public Optional<SecretFacts> in(List<SecretFacts> secrets) {
        return secrets.stream()
                .filter(s -> s.namespace().equals(namespace) && s.name().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return "secret/" + namespace + "/" + name;
    }
}
