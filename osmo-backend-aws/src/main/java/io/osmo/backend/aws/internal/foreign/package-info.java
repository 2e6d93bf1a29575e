// SPDX-License-Identifier: Apache-2.0
/** What is in resources of ours and belongs to others: it forbids deleting them. */
@NullMarked
package io.osmo.backend.aws.internal.foreign;

import org.jspecify.annotations.NullMarked;
