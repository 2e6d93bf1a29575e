// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.TokenSource;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Optional;

/** Without it the operator's pods stay in ContainerCreating. */
public final class TokenSecret extends AbstractCheck {

    public TokenSecret() {
        super(
                "operator.token-secret",
                "the Secret with the backend's token in the operator's namespace",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        TokenSource wanted = TokenSource.of(evidence);
        if (!wanted.mounted() && !evidence.expectations().tokenWanted()) {
            return skipped("no token is required yet");
        }
        String create = "kubectl -n " + wanted.namespace() + " create secret generic " + wanted.name() + " --from-file="
                + wanted.key() + "=FILE";
        return given(evidence.snapshot().core().secrets(), secrets -> {
            Optional<SecretFacts> found = wanted.in(secrets);
            if (found.isEmpty()) {
                return breach(wanted + " is missing", create);
            }
            return found.get().keys().contains(wanted.key())
                    ? pass(wanted.toString())
                    : breach(
                            wanted + " has no entry '" + wanted.key() + "'",
                            create + " --dry-run=client -o yaml | kubectl apply -f -");
        });
    }
}
