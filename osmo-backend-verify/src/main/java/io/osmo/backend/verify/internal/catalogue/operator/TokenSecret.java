// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.SecretFacts;
import java.util.List;
import java.util.Optional;

/** The Secret that holds the backend's token. */
final class TokenSecret {
    private TokenSecret() {}

    static Optional<SecretFacts> find(Evidence evidence, List<SecretFacts> secrets) {
        Expectations expectations = evidence.expectations();
        return secrets.stream()
                .filter(s -> s.namespace().equals(expectations.operatorNamespace())
                        && s.name().equals(expectations.tokenSecretName()))
                .findFirst();
    }
}
