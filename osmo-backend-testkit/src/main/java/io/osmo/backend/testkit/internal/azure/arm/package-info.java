/**
 * What Azure Resource Manager does for resources of every type: addresses, requests and responses, API versions, groups, tags,
 * entity tags, long-running operations, conflicts, locks, throttling and paging. {@link
 * io.osmo.backend.testkit.internal.azure.arm.ResourceType} is what one type adds.
 */
@NullMarked
package io.osmo.backend.testkit.internal.azure.arm;

import org.jspecify.annotations.NullMarked;
