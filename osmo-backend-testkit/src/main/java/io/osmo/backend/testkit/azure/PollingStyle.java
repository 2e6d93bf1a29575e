// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

/**
 * How a client learns that a long-running operation has ended. ARM knows three ways, and which one a service uses has changed
 * with versions of its API: a client must know all.
 *
 * @see <a href="https://github.com/cloud-and-ai-microsoft/resource-provider-contract">ARM's contract for asynchronous
 *     operations</a>
 */
public enum PollingStyle {
    /** What each service does at the emulated version. */
    AS_DOCUMENTED,
    /** The header {@code Azure-AsyncOperation} names an address whose body tells the status. */
    AZURE_ASYNC_OPERATION,
    /** The header {@code Location} names an address that answers 202 until the operation has ended. */
    LOCATION,
    /**
     * No header: {@code properties.provisioningState} of the resource tells. Deletions and actions, which may leave no
     * resource to ask, have the header {@code Location}, as ARM demands of them.
     */
    PROVISIONING_STATE
}
