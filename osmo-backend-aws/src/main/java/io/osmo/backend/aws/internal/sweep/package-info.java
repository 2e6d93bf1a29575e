/**
 * What the cluster and its controllers leave behind. It is not of our making, so it is found by the tags and names that the
 * controllers give; in an existing VPC only what names this cluster is deleted.
 */
@NullMarked
package io.osmo.backend.aws.internal.sweep;

import org.jspecify.annotations.NullMarked;
