/**
 * Azure Resource Manager in this process, as an HTTP client of the SDK: no sockets, so that {@code https} addresses and bearer
 * tokens work as they do against Azure.
 *
 * <p>One engine ({@code Arm}) does for all types what ARM does for all of them: ids, groups, tags, API versions, entity tags,
 * long-running operations with their polling styles, conflicts, locks, throttling, cascades, paging. A class for each type of
 * resource ({@code ResourceType}) adds what that service refuses, fills in and brings about. {@link
 * io.osmo.backend.testkit.azure.AzureModels} holds every request and answer against Microsoft's own descriptions of the types.
 */
@NullMarked
package io.osmo.backend.testkit.azure;

import org.jspecify.annotations.NullMarked;
