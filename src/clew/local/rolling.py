"""A rolling restart: node after node is replaced by its successor, and people play on."""

from clew.local.cluster import Cluster, Tell


async def roll(cluster: Cluster, tell: Tell) -> None:
    """Replace every node by one of the next build: start it, wait until it is ready, have the old one hand over and go.

    Raises ``CannotStart`` where a successor does not get ready: its predecessor goes on, and so do the nodes after it.
    """
    cluster.build += 1
    for number in sorted(cluster.nodes):
        old, successor = cluster.nodes[number], cluster.next_process(number)
        tell(f"{successor.node_id} starts, {successor.release}")
        await cluster.replace(number, successor)
        tell(f"{successor.node_id} is ready at {successor.url}")
        status = await cluster.let_go(old)
        tell(f"{old.node_id} handed over and ended" if status == 0 else f"{old.node_id} ended with status {status}")
