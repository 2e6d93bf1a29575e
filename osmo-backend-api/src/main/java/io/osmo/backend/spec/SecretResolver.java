// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/**
 * Supplies the values of secrets that a stored spec or plan refers to by name ({@code external: name}). Called when a value
 * is needed, possibly by several threads at once.
 */
@FunctionalInterface
public interface SecretResolver {
    /**
     * The value of a secret.
     *
     * @throws RuntimeException if the secret is not known; the message must not contain any secret
     */
    String resolve(String name);
}
