// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/**
 * An admission webhook.
 *
 * @param configuration object that declares it, such as {@code validating/validating-kai-admission}
 * @param service namespace and name of the service that is called; empty when a URL is called
 * @param certified whether it has a certificate authority to verify the service with
 * @param required whether requests are refused when it does not answer
 */
public record WebhookFacts(String configuration, String service, boolean certified, boolean required) {
    @Override
    public String toString() {
        return configuration;
    }
}
