/** IAM roles of the cluster, its nodes, and what runs in it with permissions of its own (ST-2, CN-2). */
@NullMarked
package io.osmo.backend.aws.internal.identity;

import org.jspecify.annotations.NullMarked;
