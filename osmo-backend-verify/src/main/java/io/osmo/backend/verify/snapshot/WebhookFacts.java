// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/**
 * An admission webhook.
 *
 * @param configuration object that declares it, such as {@code validating/validating-kai-admission}
 * @param service namespace and name of the service that answers; empty when it goes by URL
 * @param certified whether it names the authority that its certificate is verified with
 * @param required whether what it cannot judge is refused
 */
public record WebhookFacts(String configuration, String service, boolean certified, boolean required) {
    @Override
    public String toString() {
        return configuration;
    }
}
